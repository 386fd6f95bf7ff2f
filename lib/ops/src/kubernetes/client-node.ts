import { readFile } from 'node:fs/promises';
import type { RequestOptions } from 'node:https';
import { isIPv6 } from 'node:net';
import type { KubeConfig } from '@kubernetes/client-node';
import { systemClock } from '../clock.js';
import type { Clock } from '../clock.js';
import { HttpsKubeApi } from './https-kube-api.js';
import { httpsSender } from './https-request.js';
import type { Credentials } from './https-request.js';
import type { KubeApi } from './kube-api.js';
import { KubeApiError } from './kube-api-error.js';
import { loadKubeConfig } from './load-kube-config.js';

export { HttpsKubeApi } from './https-kube-api.js';

/** Where the pod's service account is found. */
export interface InClusterOptions {
  /** Has `KUBERNETES_SERVICE_HOST` and `KUBERNETES_SERVICE_PORT`; the process's own environment is not looked at. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Stands before `/var/run/secrets/…`; empty in a real pod. */
  readonly root: string;
  /** Time between tries; default: the machine's clock. */
  readonly clock?: Clock;
  /** Milliseconds that one request may take; default 5000. */
  readonly requestTimeout?: number;
}

const serviceAccountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * Connects to the API server with the pod's service account. `KubeConfig` of `@kubernetes/client-node` reads CA and token (again every minute);
 * the objects travel as plain JSON, because the typed calls of client-node 1.4 drop fields that they do not know.
 *
 * @throws {@link KubeApiError} `kubernetes-failed` outside a pod, or where no service account is mounted.
 * @example
 * ```ts
 * const api = await connectInCluster({ environment: process.env, root: '' });
 * const nodes = await api.list({ apiVersion: 'v1', kind: 'Node' });
 * ```
 */
export const connectInCluster = async (options: InClusterOptions): Promise<KubeApi> => {
  const server = serverOf(options.environment);
  const folder = options.root + serviceAccountFolder;
  const namespace = await readNamespace(folder);
  const kubeConfig = await loadKubeConfig();
  kubeConfig.loadFromOptions({
    clusters: [{ name: 'cluster', server: server.href, caFile: `${folder}/ca.crt`, skipTLSVerify: false }],
    users: [{ name: 'unit', authProvider: { name: 'tokenFile', config: { tokenFile: `${folder}/token` } } }],
    contexts: [{ name: 'in-cluster', cluster: 'cluster', user: 'unit', namespace }],
    currentContext: 'in-cluster',
  });
  const send = httpsSender(server, () => credentialsOf(kubeConfig), options.requestTimeout ?? 5_000);
  return new HttpsKubeApi({ namespace, send, clock: options.clock ?? systemClock });
};

const serverOf = (environment: InClusterOptions['environment']): URL => {
  const host = environment.KUBERNETES_SERVICE_HOST;
  const port = environment.KUBERNETES_SERVICE_PORT;
  if (host === undefined || host === '' || port === undefined || port === '') {
    throw new KubeApiError(
      'kubernetes-failed',
      'KUBERNETES_SERVICE_HOST or KUBERNETES_SERVICE_PORT is not set: this is no pod of a cluster',
    );
  }
  return new URL(`https://${isIPv6(host) ? `[${host}]` : host}:${port}`);
};

const readNamespace = async (folder: string): Promise<string> => {
  try {
    return (await readFile(`${folder}/namespace`, 'utf8')).trim();
  } catch (cause) {
    throw new KubeApiError('kubernetes-failed', `no service account is mounted at ${folder}`, { cause });
  }
};

const credentialsOf = async (kubeConfig: KubeConfig): Promise<Credentials> => {
  const applied: RequestOptions & { headers: Record<string, string> } = { headers: {} };
  await kubeConfig.applyToHTTPSOptions(applied);
  return { ca: caOf(applied.ca), headers: applied.headers };
};

const caOf = (ca: RequestOptions['ca']): string | Buffer | undefined =>
  typeof ca === 'string' || Buffer.isBuffer(ca) ? ca : undefined;
