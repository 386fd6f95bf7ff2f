/** What a process in a pod can see of the pod's network, as the kernel and the sidecar write it. */
export interface PodCase {
  /** `/proc/net/route`. */
  readonly routes: string;
  /** `/proc/net/ipv6_route`. */
  readonly ipv6Routes: string;
  /** The sidecar's answer on the loopback; absent: nobody listens there. */
  readonly verdict?: { readonly status: number; readonly body: string };
  /** The address that the world outside sees when a process of the pod asks it; absent: the recorded case's, or no answer. */
  readonly seenAs?: string;
}

/** The situations that the data-plane tests record in real network namespaces. */
export const podCaseNames = [
  'no-overlay',
  'closed',
  'protected',
  'gateway-gone',
  'tunnel-down',
  'second-ipv6-default',
  'overlay-without-answer',
  'eth0-default-returned',
] as const;

export type PodCaseName = (typeof podCaseNames)[number];
