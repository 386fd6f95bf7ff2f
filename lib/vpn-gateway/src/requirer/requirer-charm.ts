import type { CharmMetadata, EventSource, HookEvent } from '@charm-ts/ops';
import type { CharmSeam, FrameworkSeam } from '../charm/charm-seam.js';
import type { ClusterFacts } from '../cluster/cluster-facts.js';

/** A charm that can be a client. `CharmBase` fits. */
export interface RequirerCharm<M extends CharmMetadata> extends CharmSeam<M> {
  readonly on: { readonly remove: EventSource<HookEvent & { readonly kind: 'remove' }> };
  readonly framework: FrameworkSeam & {
    observe<E extends HookEvent>(source: EventSource<E>, handler: (event: E) => Promise<void>): void;
  };
}

/** What is particular about a client. */
export interface RequirerOptions {
  /** TCP ports of the application that callers in the cluster reach: replies to them are let through, to cluster ranges only. */
  readonly webPorts?: readonly number[];
  /**
   * Whom the application reaches beside the tunnel, besides its model, its gateway and what the agent needs: addresses that are private or this cluster's, and namespaces; with a port
   * or without, blanks or commas between. Nothing that is public: the tunnel reaches it. What is refused lets none of them through, and the status says why. The form is that of
   * {@link parseExtraPeers}.
   *
   * @example
   * ```ts
   * new VpnGatewayRequirer(this, 'vpn-gateway', { extraPeers: this.config['extra-peers'] }); // '192.168.7.40:32400 monitoring:3100'
   * ```
   */
  readonly extraPeers?: string;
  /** Facts of the cluster that win over what is discovered, for a cluster in which discovery is wrong. */
  readonly cluster?: Partial<ClusterFacts>;
  /** Asks the gateway for a port at the VPN's exit that leads to this client; `start` is told its number. One client of a gateway gets it. */
  readonly wantsForwardedPort?: boolean;
  /**
   * Where `prove()` asks for the address that the world sees: a page that answers with nothing but the caller's address. Asked only when an action proves,
   * and only through a verified path. Default: `https://ipinfo.io/ip`.
   */
  readonly addressService?: string;
}

/** The verified way to the world, as a workload may need to know it. */
export interface OpenPath {
  /** Where the pod's traffic leaves. */
  readonly interface: 'vxlan0';
  /** The port at the VPN's exit that leads to this pod, TCP and UDP; absent while there is none. It may be another in a later call. */
  readonly forwardedPort?: number;
}

/** The client's workload, as `VpnGatewayRequirer.reconcile` handles it. */
export interface GatedWorkload {
  /** The operator's `unsafe-mode`: run without a VPN while there is no relation. A relation wins. */
  readonly unsafe?: boolean;
  /**
   * Makes the workload run; called only when the path is verified, or unsafe, which is when there is no path to tell of.
   * Called again in later hooks: it has to be safe to repeat.
   */
  readonly start: (path: OpenPath | undefined) => Promise<unknown>;
  /** Ends the workload; safe to repeat. */
  readonly stop: () => Promise<unknown>;
}
