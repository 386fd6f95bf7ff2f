import { splitCidrs } from '../cidr/cluster-cidrs.js';
import { type Prefix, parsePrefixes } from '../cidr/prefix.js';
import type { ClusterFacts } from '../cluster/cluster-facts.js';
import { confirmedPrefixes } from '../cluster/cluster-ranges.js';
import type { ProviderData } from '../contract/provider-schema.js';
import type { Reading } from '../contract/reading.js';

/** Where a route by another device than the overlay may lead, besides private ranges. */
export function allowedPrefixes(facts: ClusterFacts | undefined, gateway: Reading<ProviderData>): readonly Prefix[] {
  const hosts = facts === undefined ? [] : [...facts.apiServers, ...facts.controllers].map(({ address }) => address);
  const cidrs = gateway.kind === 'ok' ? splitCidrs(gateway.data.cluster_cidrs) : [];
  return [...confirmedPrefixes(facts), ...parsePrefixes([...hosts, ...cidrs])];
}
