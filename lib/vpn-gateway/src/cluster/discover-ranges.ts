import type { KubeObject } from '@charm-ts/ops';
import { normalise } from '../cidr/cluster-cidrs.js';
import { type Prefix, parsePrefixes } from '../cidr/prefix.js';
import { containsAny } from '../cidr/special-ranges.js';
import type { ClusterReader } from './cluster-reader.js';
import { at, records, texts } from './json.js';

/** The ranges of the cluster, and what does not fit into them. */
export interface DiscoveredRanges {
  readonly podCidrs: readonly string[];
  readonly serviceCidrs: readonly string[];
  /** Addresses of pods and Services outside the ranges that were found: the ranges are not all. */
  readonly strays: readonly string[];
}

/** How many strays are kept: enough for a sentence. */
const enough = 3;

/**
 * Reads the ranges from whoever hands out the addresses, and checks the answer against addresses that are in use.
 * Pods: Calico's pools, else Cilium's nodes, else the nodes' own `podCIDRs`; Calico and Cilium may leave those unused. Services: `ServiceCIDR` objects, else, as in
 * clusters before 1.33, the range that the API server names when it refuses an address.
 */
export async function discoverRanges(
  reader: ClusterReader,
  nodes: readonly KubeObject[],
  services: readonly KubeObject[],
): Promise<DiscoveredRanges> {
  const [pools, ciliumNodes, serviceCidrs, ownPods, systemPods] = await Promise.all([
    reader.list({ apiVersion: 'crd.projectcalico.org/v1', kind: 'IPPool' }),
    reader.list({ apiVersion: 'cilium.io/v2', kind: 'CiliumNode' }),
    reader.list({ apiVersion: 'networking.k8s.io/v1', kind: 'ServiceCIDR' }),
    reader.list({ apiVersion: 'v1', kind: 'Pod' }),
    reader.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'kube-system' }),
  ]);
  const podAddresses = parsePrefixes([...ownPods, ...systemPods].flatMap(addressesOf));
  const sources = [
    parsePrefixes(pools.flatMap(poolCidr)),
    parsePrefixes(ciliumNodes.flatMap((node) => texts(at(node, 'spec', 'ipam', 'podCIDRs')))),
    parsePrefixes(nodes.flatMap(nodeCidrs)),
  ].filter((source) => source.length > 0);
  const fitting = sources.find((source) => podAddresses.every((address) => containsAny(source, address)));
  const pods = normalise(fitting ?? sources.flat());
  const listed = parsePrefixes(serviceCidrs.flatMap((object) => texts(at(object, 'spec', 'cidrs'))));
  const ranges = normalise(listed.length > 0 ? listed : parsePrefixes(await answeredRange(reader)));
  const serviceAddresses = parsePrefixes(services.flatMap(clusterIps));
  const strays = [...outside(podAddresses, pods), ...outside(serviceAddresses, ranges)];
  return { podCidrs: textsOf(pods), serviceCidrs: textsOf(ranges), strays: [...new Set(strays)].slice(0, enough) };
}

function textsOf(found: readonly Prefix[]): readonly string[] {
  return found.map(({ text }) => text);
}

/**
 * `The range of valid IPs is 10.152.183.0/24`: what the API server answers to a Service that asks for an address of the documentation range (RFC 5737). 1.35 still
 * says it, but it is a sentence and names one range where there may be two, so `ServiceCIDR` objects come first.
 */
async function answeredRange(reader: ClusterReader): Promise<readonly string[]> {
  const answer = await reader.refusal({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'vpn-gateway-range-question', namespace: reader.namespace },
    spec: { clusterIP: '192.0.2.1', ports: [{ port: 53 }] },
  });
  return /range of valid IPs is ([0-9a-fA-F.:/]+\/\d+)/.exec(answer)?.slice(1) ?? [];
}

/** Addresses outside; nothing where there is no range to be outside of. */
function outside(addresses: readonly Prefix[], ranges: readonly Prefix[]): readonly string[] {
  if (ranges.length === 0) return [];
  return addresses.filter((address) => !containsAny(ranges, address)).map(({ text }) => text.replace(/\/\d+$/, ''));
}

function poolCidr(pool: KubeObject): string[] {
  const cidr = at(pool, 'spec', 'cidr');
  return typeof cidr === 'string' && at(pool, 'spec', 'disabled') !== true ? [cidr] : [];
}

function nodeCidrs(node: KubeObject): readonly string[] {
  const single = at(node, 'spec', 'podCIDR');
  return [...texts(at(node, 'spec', 'podCIDRs')), ...(typeof single === 'string' ? [single] : [])];
}

/** Addresses that the network plug-in gave; a pod in its node's network has the node's. */
function addressesOf(pod: KubeObject): readonly string[] {
  if (at(pod, 'spec', 'hostNetwork') === true) return [];
  return records(at(pod, 'status', 'podIPs')).flatMap(({ ip }) => (typeof ip === 'string' ? [ip] : []));
}

function clusterIps(service: KubeObject): readonly string[] {
  const single = at(service, 'spec', 'clusterIP');
  return [...texts(at(service, 'spec', 'clusterIPs')), ...(typeof single === 'string' ? [single] : [])];
}
