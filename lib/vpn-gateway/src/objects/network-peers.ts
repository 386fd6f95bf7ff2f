import { parsePrefix } from '../cidr/prefix.js';
import type { ClusterFacts } from '../cluster/cluster-facts.js';
import type { Endpoint } from './endpoint.js';

/** A rule of a NetworkPolicy; `to` or `from` is put around the peers by the policy. */
export interface PolicyRule {
  readonly peers: readonly Readonly<Record<string, unknown>>[];
  readonly ports: readonly Readonly<Record<string, unknown>>[];
}

/** Port of a policy rule. */
export function port(protocol: 'UDP' | 'TCP', number: number): Record<string, unknown> {
  return { protocol, port: number };
}

/** All pods of the named namespace. */
export function namespacePeer(name: string): Record<string, unknown> {
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } };
}

/** The pods of an application in a namespace: one peer with both selectors, so both must match. */
export function applicationPeer(namespace: string, app: string): Record<string, unknown> {
  return { ...namespacePeer(namespace), podSelector: { matchLabels: { 'app.kubernetes.io/name': app } } };
}

/** A range of addresses. */
export function blockPeer(cidr: string, except: readonly string[] = []): Record<string, unknown> {
  return { ipBlock: except.length === 0 ? { cidr } : { cidr, except } };
}

/** One address. */
export function addressPeer(address: string): Record<string, unknown> {
  return blockPeer(parsePrefix(address)?.text ?? address);
}

/**
 * Cluster DNS, by its namespace and by its addresses: a policy is evaluated before the service address is translated in some networks, after it in others, and a cache on the
 * node is no pod. `fallback`: for a cluster whose own service could not be read.
 */
export function dnsRule(cluster: ClusterFacts, fallback?: string): PolicyRule {
  const servers = dnsServers(cluster, fallback);
  const namespaces = [...new Set(['kube-system', cluster.dnsNamespace])];
  const ports = [53, ...cluster.dnsPorts];
  return {
    peers: [...namespaces.map(namespacePeer), ...servers.map(addressPeer)],
    ports: ports.flatMap((number) => [port('UDP', number), port('TCP', number)]),
  };
}

/** The addresses that answer for the cluster's names. */
export function dnsServers({ dnsAddress, dnsServers: servers }: ClusterFacts, fallback?: string): readonly string[] {
  const own = [...(dnsAddress === undefined ? [] : [dnsAddress]), ...servers];
  return [...new Set(dnsAddress === undefined && fallback !== undefined ? [fallback, ...own] : own)];
}

/** API server and Juju controllers, each by exact address and port, controllers in this cluster by namespace as well. */
export function agentRules(cluster: ClusterFacts): PolicyRule[] {
  const controllers = cluster.controllerNamespaces.map(namespacePeer);
  return [
    ...byPort([...cluster.apiServers, ...cluster.controllers]),
    ...(controllers.length === 0 ? [] : [{ peers: controllers, ports: [port('TCP', 17070)] }]),
  ];
}

function byPort(endpoints: readonly Endpoint[]): PolicyRule[] {
  const ports = [...new Set(endpoints.map((endpoint) => endpoint.port))].sort((left, right) => left - right);
  return ports.map((number) => {
    const addresses = endpoints.filter((endpoint) => endpoint.port === number).map(({ address }) => address);
    return { peers: [...new Set(addresses)].sort().map(addressPeer), ports: [port('TCP', number)] };
  });
}
