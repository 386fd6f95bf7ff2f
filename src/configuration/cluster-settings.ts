import { type ClusterFacts, disagreement, overlayPrefix, type Prefix } from '@charm-ts/vpn-gateway';
import { readClusterRanges } from './cluster-ranges.js';
import type { Fault } from './fault.js';
import type { Options } from './options.js';
import { imageFaults } from './image-reference.js';
import { overlayNetworkOf, vxlanIdFaults, vxlanNetworkFaults, vxlanPortFaults } from './overlay-settings.js';

/** What the gateway's side of the overlay is made from. */
export interface ClusterSettings {
  readonly vxlanId: number;
  readonly vxlanPort: number;
  /** First three octets of the overlay network. */
  readonly vxlanNetwork: string;
  readonly clusterCidrs: readonly Prefix[];
  /** What the operator's ranges leave out although it is the cluster's; for the status. */
  readonly remark: string | undefined;
  /** Image of the containers that the charm adds; `undefined`: the library's own choice. */
  readonly podGatewayImage: string | undefined;
}

/** The option wins; what it leaves out is said. */
const remarkOf = (option: string, prefixes: readonly Prefix[], facts: ClusterFacts | undefined): string | undefined => {
  const difference = option.trim() === '' || facts === undefined ? undefined : disagreement(prefixes, facts);
  return difference === undefined ? undefined : `cluster-cidrs ${difference} of this cluster`;
};

/** Reads and checks the options that clients and the gateway's firewall depend on. */
export const readClusterSettings = (
  options: Options,
  facts: ClusterFacts | undefined,
  legacyClients = false,
): { readonly faults: readonly Fault[]; readonly cluster: ClusterSettings | undefined } => {
  const vxlanNetwork = overlayNetworkOf(options['vxlan-network']);
  const overlay = vxlanNetwork === undefined ? undefined : overlayPrefix(vxlanNetwork);
  const image = options['pod-gateway-image'].trim();
  const ranges = readClusterRanges({ option: options['cluster-cidrs'], facts, overlay, legacyClients });
  const faults = [
    ...ranges.faults,
    ...vxlanIdFaults(options['vxlan-id']),
    ...vxlanPortFaults(options['vxlan-port']),
    ...vxlanNetworkFaults(options['vxlan-network']),
    ...imageFaults('pod-gateway-image', image),
  ];
  if (faults.length > 0 || ranges.prefixes === undefined || vxlanNetwork === undefined) {
    return { faults, cluster: undefined };
  }
  return {
    faults,
    cluster: {
      vxlanId: options['vxlan-id'],
      vxlanPort: options['vxlan-port'],
      vxlanNetwork,
      clusterCidrs: ranges.prefixes,
      remark: remarkOf(options['cluster-cidrs'], ranges.prefixes, facts),
      podGatewayImage: image === '' ? undefined : image,
    },
  };
};
