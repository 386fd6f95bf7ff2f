import type { KubeObject } from '@charm-ts/ops';
import { overlayDigestAnnotation } from './names.js';

/** What is ours in the application's StatefulSet: own items only, so the apply appends them and `charm` stays first. */
export function podIntent(
  { app, namespace }: { readonly app: string; readonly namespace: string },
  digest: string,
  spec: Readonly<Record<string, unknown>>,
): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: app, namespace },
    spec: { template: { metadata: { annotations: { [overlayDigestAnnotation]: digest } }, spec } },
  };
}
