import type { KubeObject } from '@charm-ts/ops';
import { digestOf } from './digest.js';
import { objectDigestAnnotation } from './names.js';

/** Names and marks an object of the library. No owner reference: garbage collection could take a policy while the pod still ends. */
export function ownObject(
  kind: { readonly apiVersion: string; readonly kind: string },
  name: string,
  owner: { readonly app: string; readonly namespace: string },
  body: Readonly<Record<string, unknown>>,
): KubeObject {
  const labels = {
    'app.kubernetes.io/name': owner.app,
    'app.kubernetes.io/managed-by': 'vpn-gateway',
  };
  return {
    ...kind,
    metadata: {
      name,
      namespace: owner.namespace,
      labels,
      annotations: { [objectDigestAnnotation]: digestOf(labels, body) },
    },
    ...body,
  };
}
