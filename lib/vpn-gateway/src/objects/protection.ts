import type { KubeObject } from '@charm-ts/ops';

/** The Kubernetes objects of one side, in the order in which they are written; taken down in reverse, the policies last. */
export interface Protection {
  readonly policies: readonly KubeObject[];
  readonly configMap: KubeObject;
  /** Server-side apply intent: own items only. Its apply may end this pod. */
  readonly statefulSet: KubeObject;
  /** The pod template's annotation, see {@link overlayDigest}. */
  readonly overlayDigest: string;
  /** Names of the containers that the intent adds, to find them in a live template. */
  readonly containers: { readonly init: string; readonly sidecar: string };
}

/** What to take down; names only, so that it works without knowing what the objects were made from. */
export interface Removal {
  readonly containers: { readonly init: string; readonly sidecar: string };
  readonly configMap: string;
  readonly policies: readonly { readonly apiVersion: string; readonly kind: string; readonly name: string }[];
}
