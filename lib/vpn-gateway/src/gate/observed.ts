import type { SettableStatus } from '@charm-ts/ops';

/** What the gateway says. */
export type ObservedGateway =
  | { readonly kind: 'empty' }
  | { readonly kind: 'invalid'; readonly faults: readonly string[] }
  | {
      readonly kind: 'ok';
      readonly connected: boolean;
      readonly externalIp: string | null;
      /** What the operator should know although nothing is wrong. */
      readonly remark?: string;
    };

/** What is known about the objects in Kubernetes. */
export type ObservedObjects =
  /** Not looked for: there are no data to make them from. */
  | { readonly kind: 'unknown' }
  /** As they should be at the last look, unchanged since; not read in this hook. */
  | { readonly kind: 'unchanged' }
  /** Read in this hook: policy, ConfigMap and pod template are as they should be. */
  | { readonly kind: 'live' }
  /** The pod is about to be replaced by a protected one. */
  | { readonly kind: 'restarting' }
  /** Taken down completely. */
  | { readonly kind: 'gone' }
  /** Being taken down. */
  | { readonly kind: 'leaving' }
  | { readonly kind: 'refused'; readonly status: SettableStatus };

/** What both witnesses inside the pod say about its path to the world. */
export type ObservedPath = { readonly kind: 'verified' } | { readonly kind: 'refused'; readonly reason: string };

/** Everything that the gate decides on. */
export interface Observed {
  readonly related: boolean;
  /** The operator's `unsafe-mode`: run without a VPN while there is no relation. */
  readonly unsafe: boolean;
  readonly gateway: ObservedGateway;
  readonly objects: ObservedObjects;
  readonly path: ObservedPath;
  /** A service of the workload is active. */
  readonly running: boolean;
}
