import { readFileSync } from 'node:fs';
import type { Connect, ModelClock } from '@charm-ts/testing';
import { HttpsKubeApi } from '../../lib/ops/src/kubernetes/https-kube-api.js';
import { httpsSender } from '../../lib/ops/src/kubernetes/https-request.js';

/**
 * The charm's own Kubernetes client over TLS, with the service account of a pod, on the model's clock. Only
 * `@kubernetes/client-node` is left out, which reads these two files in a real pod and takes a second to load in each suite.
 */
export const connectOn =
  (clock: ModelClock): Connect =>
  ({ environment, root }) => {
    const folder = `${root}/var/run/secrets/kubernetes.io/serviceaccount`;
    const read = (name: string): string => readFileSync(`${folder}/${name}`, 'utf8');
    const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' } = environment;
    const credentials = { ca: read('ca.crt'), headers: { Authorization: `Bearer ${read('token')}` } };
    const send = httpsSender(new URL(`https://${host}:${port}`), () => Promise.resolve(credentials), 5_000);
    return Promise.resolve(new HttpsKubeApi({ namespace: read('namespace'), send, clock }));
  };
