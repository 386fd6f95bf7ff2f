import {
  checkClusterCidrs,
  type ClusterFacts,
  overlayPrefix,
  parsePrefix,
  type Prefix,
  splitCidrs,
} from '@charm-ts/vpn-gateway';
import { type Fault, unset, wrong } from './fault.js';
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
  /** Image of the containers that the charm adds; `undefined`: the library's own choice. */
  readonly podGatewayImage: string | undefined;
}

/** The ranges that the API server itself names as this cluster's. */
export const confirmedRanges = (facts: ClusterFacts | undefined): readonly Prefix[] =>
  [...(facts?.podCidrs ?? []), ...(facts?.serviceCidrs ?? []), ...(facts?.nodes ?? [])].flatMap(
    (text) => parsePrefix(text) ?? [],
  );

const foundRanges = (facts: ClusterFacts | undefined): string | undefined => {
  const found = [
    ...(facts?.podCidrs.length ? [`pods ${facts.podCidrs.join(',')}`] : []),
    ...(facts?.serviceCidrs.length ? [`services ${facts.serviceCidrs.join(',')}`] : []),
  ];
  return found.length === 0 ? undefined : `found ${found.join(' and ')}`;
};

/** Reads and checks the options that clients and the gateway's firewall depend on. */
export const readClusterSettings = (
  options: Options,
  facts: ClusterFacts | undefined,
): { readonly faults: readonly Fault[]; readonly cluster: ClusterSettings | undefined } => {
  const texts = splitCidrs(options['cluster-cidrs']);
  const vxlanNetwork = overlayNetworkOf(options['vxlan-network']);
  const overlay = vxlanNetwork === undefined ? undefined : overlayPrefix(vxlanNetwork);
  const image = options['pod-gateway-image'].trim();
  const cidrs = checkClusterCidrs(texts, { overlay, confirmed: confirmedRanges(facts) });
  const faults = [
    ...(texts.length === 0 ? [unset('cluster-cidrs', foundRanges(facts))] : []),
    ...(texts.length > 0 && cidrs.kind === 'invalid' ? cidrs.faults.map((fault) => wrong('cluster-cidrs', fault)) : []),
    ...vxlanIdFaults(options['vxlan-id']),
    ...vxlanPortFaults(options['vxlan-port']),
    ...vxlanNetworkFaults(options['vxlan-network']),
    ...imageFaults('pod-gateway-image', image),
  ];
  if (faults.length > 0 || cidrs.kind !== 'ok' || vxlanNetwork === undefined) return { faults, cluster: undefined };
  return {
    faults,
    cluster: {
      vxlanId: options['vxlan-id'],
      vxlanPort: options['vxlan-port'],
      vxlanNetwork,
      clusterCidrs: cidrs.prefixes,
      podGatewayImage: image === '' ? undefined : image,
    },
  };
};
