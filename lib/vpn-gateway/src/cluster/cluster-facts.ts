import type { Endpoint } from '../objects/endpoint.js';

/** What is known about the cluster that a pod runs in. Lists are sorted; what could not be read is empty. Plain JSON. */
export interface ClusterFacts {
  /** Address of the cluster's DNS service. */
  readonly dnsAddress?: string;
  /** Addresses that answer for the cluster's names: that one first, and a cache on the node where there is one. */
  readonly dnsServers: readonly string[];
  /** Namespace of the DNS service's pods. */
  readonly dnsNamespace: string;
  /** Ports of the DNS service's pods, besides 53. */
  readonly dnsPorts: readonly number[];
  /** Domain of the cluster's names, `cluster.local` where the pod does not say otherwise. */
  readonly domain: string;
  /** Service address of the API server and the addresses behind it: policies look at packets before or after the translation. */
  readonly apiServers: readonly Endpoint[];
  /** Addresses of the Juju controllers. */
  readonly controllers: readonly Endpoint[];
  /** Namespaces of controllers that run in this cluster. */
  readonly controllerNamespaces: readonly string[];
  /** Internal addresses of the nodes, from which the kubelet probes. */
  readonly nodes: readonly string[];
  readonly podCidrs: readonly string[];
  readonly serviceCidrs: readonly string[];
  /** Addresses of pods and Services outside those ranges, a few: the ranges are not all. */
  readonly strays: readonly string[];
  /** True where Cilium's own policies exist; there an address range never matches a node. */
  readonly cilium: boolean;
  /** Kinds that the service account may not read. */
  readonly unreadable: readonly string[];
}

/** Facts of a cluster about which nothing is known. */
export const unknownCluster: ClusterFacts = {
  dnsServers: [],
  dnsNamespace: 'kube-system',
  dnsPorts: [],
  domain: 'cluster.local',
  apiServers: [],
  controllers: [],
  controllerNamespaces: [],
  nodes: [],
  podCidrs: [],
  serviceCidrs: [],
  strays: [],
  cilium: false,
  unreadable: [],
};
