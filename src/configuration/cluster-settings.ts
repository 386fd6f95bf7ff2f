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
import { vxlanIdFaults, vxlanPortFaults } from './overlay-settings.js';

/** First three octets of the overlay network; the scripts of every published client expect them. */
export const overlayNetwork = '172.16.0';

/** What the gateway's side of the overlay is made from. */
export interface ClusterSettings {
  readonly vxlanId: number;
  readonly vxlanPort: number;
  readonly clusterCidrs: readonly Prefix[];
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
  const cidrs = checkClusterCidrs(texts, { overlay: overlayPrefix(overlayNetwork), confirmed: confirmedRanges(facts) });
  const faults = [
    ...(texts.length === 0 ? [unset('cluster-cidrs', foundRanges(facts))] : []),
    ...(texts.length > 0 && cidrs.kind === 'invalid' ? cidrs.faults.map((fault) => wrong('cluster-cidrs', fault)) : []),
    ...vxlanIdFaults(options['vxlan-id']),
    ...vxlanPortFaults(options['vxlan-port']),
  ];
  if (faults.length > 0 || cidrs.kind !== 'ok') return { faults, cluster: undefined };
  return {
    faults,
    cluster: { vxlanId: options['vxlan-id'], vxlanPort: options['vxlan-port'], clusterCidrs: cidrs.prefixes },
  };
};
