import { splitCidrs } from '../cidr/cluster-cidrs.js';
import { type Prefix, parsePrefix } from '../cidr/prefix.js';
import type { ClusterFacts } from '../cluster/cluster-facts.js';
import type { ProviderData } from '../contract/provider-schema.js';
import type { Reading } from '../contract/reading.js';

/** Prefixes that the API server says are this cluster's. */
export function confirmedPrefixes(facts: ClusterFacts | undefined): readonly Prefix[] {
  if (facts === undefined) return [];
  return [...facts.podCidrs, ...facts.serviceCidrs, ...facts.nodes].flatMap((text) => parsePrefix(text) ?? []);
}

/** Where a route by another device than the overlay may lead, besides private ranges. */
export function allowedPrefixes(facts: ClusterFacts | undefined, gateway: Reading<ProviderData>): readonly Prefix[] {
  const hosts = facts === undefined ? [] : [...facts.apiServers, ...facts.controllers].map(({ address }) => address);
  const cidrs = gateway.kind === 'ok' ? splitCidrs(gateway.data.cluster_cidrs) : [];
  return [...confirmedPrefixes(facts), ...[...hosts, ...cidrs].flatMap((text) => parsePrefix(text) ?? [])];
}
