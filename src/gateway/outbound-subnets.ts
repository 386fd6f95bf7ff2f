import { type ClusterFacts, contains, parsePrefix, type Prefix } from '@charm-ts/vpn-gateway';

const addressesOf = (facts: ClusterFacts): readonly string[] => [
  ...facts.apiServers.map(({ address }) => address),
  ...facts.controllers.map(({ address }) => address),
  ...facts.nodes,
];

/**
 * What Gluetun routes and lets out beside the tunnel: the cluster's ranges, and the API servers, controllers and nodes
 * outside them, without which the agent and the kubelet would be cut off. IPv4 only: Gluetun opens everything when a
 * rule fails, and an IPv6 rule can.
 */
export const outboundSubnets = (clusterCidrs: readonly Prefix[], facts: ClusterFacts): readonly string[] => {
  const ranges = clusterCidrs.filter(({ family }) => family === 4);
  const single = addressesOf(facts)
    .flatMap((address) => parsePrefix(address) ?? [])
    .filter((address) => address.family === 4 && !ranges.some((range) => contains(range, address)));
  return [...ranges.map(({ text }) => text), ...[...new Set(single.map(({ text }) => text))].sort()];
};
