import { splitCidrs } from '../cidr/cluster-cidrs.js';
import { parsePrefixes } from '../cidr/prefix.js';
import type { ClusterFacts } from '../cluster/cluster-facts.js';
import { disagreement } from '../cluster/cluster-ranges.js';
import type { ProviderData } from '../contract/provider-schema.js';
import type { Reading } from '../contract/reading.js';
import type { ObservedGateway } from '../gate/observed.js';

/** What the gate needs of the gateway's data, and what the gateway's ranges leave out of the cluster that the client sees. */
export function observedGateway(reading: Reading<ProviderData>, facts: ClusterFacts | undefined): ObservedGateway {
  if (reading.kind !== 'ok') return reading;
  const { vpn_connected: connected, external_ip: externalIp, cluster_cidrs: ranges } = reading.data;
  const difference = facts === undefined ? undefined : disagreement(parsePrefixes(splitCidrs(ranges)), facts);
  const remark =
    difference === undefined ? {} : { remark: `cluster-cidrs of the gateway ${difference} of this cluster` };
  return { kind: 'ok', connected, externalIp, ...remark };
}
