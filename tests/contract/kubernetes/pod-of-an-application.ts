import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, KubeApi } from '@charm-ts/ops';
import { connectInCluster } from '@charm-ts/ops/kubernetes';
import type { KubernetesApi } from '../../../lib/testing/src/kubernetes/index.js';

/** Time that only passes in sleep, and remembers how long that was. */
export class CountingClock implements Clock {
  readonly slept: number[] = [];
  #now = Date.parse('2026-01-01T00:00:00Z');

  now(): Date {
    return new Date(this.#now);
  }

  sleep(milliseconds: number): Promise<void> {
    this.slept.push(milliseconds);
    this.#now += milliseconds;
    return Promise.resolve();
  }
}

/** The mounted service account of a pod, and the adapter that reads it. */
export interface PodOfAnApplication {
  readonly root: string;
  readonly clock: CountingClock;
  readonly kube: KubeApi;
  remove(): Promise<void>;
}

/** Mounts the service account of an application below a temporary root, and connects as a charm does. */
export const startPod = async (
  api: KubernetesApi,
  { namespace = 'media', application = 'gluetun', trust = true, requestTimeout = 5_000 } = {},
): Promise<PodOfAnApplication> => {
  const root = await mkdtemp(join(tmpdir(), 'pod-'));
  const folder = join(root, 'var/run/secrets/kubernetes.io/serviceaccount');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'namespace'), namespace);
  await writeFile(join(folder, 'ca.crt'), api.caCertificate);
  await writeFile(join(folder, 'token'), api.createServiceAccountToken(namespace, application, `${application}/0`));
  api.setTrust(namespace, application, trust);
  const clock = new CountingClock();
  const environment = { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(api.port) };
  const kube = await connectInCluster({ environment, root, clock, requestTimeout });
  return { root, clock, kube, remove: () => rm(root, { recursive: true, force: true }) };
};
