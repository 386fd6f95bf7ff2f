import type { SettableStatus } from '@charm-ts/ops';

/** What became of a set of objects in this hook. */
export type ApplyOutcome =
  /** They were live when last looked at, and nothing has changed since; Kubernetes was not asked. */
  | { readonly kind: 'unchanged' }
  /** They were read in this hook and are as they should be (a missing or changed policy or ConfigMap has been repaired), and this pod was made from them. */
  | { readonly kind: 'live' }
  /** The StatefulSet or this pod differs: the apply is handed to the commit (leader), or awaited (other units). This pod is going to be replaced. */
  | { readonly kind: 'restarting' }
  /** They cannot be made live; the status says what to do. */
  | { readonly kind: 'refused'; readonly status: SettableStatus };

/** What became of a take-down. */
export type RemovalOutcome =
  /** Nothing of ours is left. */
  | { readonly kind: 'gone' }
  /** The StatefulSet is being given back; the ConfigMap and the policies follow when no pod has our containers any more. */
  | { readonly kind: 'leaving' }
  | { readonly kind: 'refused'; readonly status: SettableStatus };
