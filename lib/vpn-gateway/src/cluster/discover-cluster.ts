import { isIP } from 'node:net';
import type { KubeApi, KubeObject } from '@charm-ts/ops';
import { type Endpoint, sortedEndpoints } from '../objects/endpoint.js';
import { type ClusterFacts, unknownCluster } from './cluster-facts.js';
import { ClusterReader } from './cluster-reader.js';
import { discoverControllers } from './discover-controllers.js';
import { discoverDns } from './discover-dns.js';
import { discoverRanges } from './discover-ranges.js';
import { at, records, texts } from './json.js';
import { readPodResolver } from './pod-resolver.js';

/** From where the facts are read. */
export interface DiscoverySources {
  readonly api: KubeApi;
  /** Controller addresses, `host:port`, from Juju's environment. */
  readonly apiAddresses: readonly string[];
  /** Before every path of the pod. */
  readonly root: string;
}

/**
 * Reads what a pod needs to know about its cluster. Kinds that the service account may not read (partial rights) are left out and named in `unreadable`.
 *
 * @throws {@link KubeApiError} when the API server does not answer, or refuses everything.
 */
export async function discoverCluster({ api, apiAddresses, root }: DiscoverySources): Promise<ClusterFacts> {
  const reader = new ClusterReader(api);
  const [nodes, services, service, slices, endpoints, crd, resolver] = await Promise.all([
    reader.list({ apiVersion: 'v1', kind: 'Node' }),
    reader.list({ apiVersion: 'v1', kind: 'Service', namespace: 'all' }),
    reader.get({ apiVersion: 'v1', kind: 'Service', namespace: 'default', name: 'kubernetes' }),
    reader.list({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      namespace: 'default',
      labelSelector: 'kubernetes.io/service-name=kubernetes',
    }),
    reader.get({ apiVersion: 'v1', kind: 'Endpoints', namespace: 'default', name: 'kubernetes' }),
    reader.get({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      name: 'ciliumnetworkpolicies.cilium.io',
    }),
    readPodResolver(root),
  ]);
  const [dns, ranges] = await Promise.all([
    discoverDns(reader, services, resolver),
    discoverRanges(reader, nodes, services),
  ]);
  const controllers = discoverControllers(apiAddresses, services);
  return {
    ...(dns.address === undefined ? {} : { dnsAddress: dns.address }),
    dnsServers: dns.servers,
    dnsNamespace: dns.namespace,
    dnsPorts: dns.ports,
    domain: resolver.domain ?? unknownCluster.domain,
    apiServers: sortedEndpoints([
      ...serviceEndpoints(service),
      ...slices.flatMap(sliceEndpoints),
      ...oldEndpoints(endpoints),
    ]),
    controllers: sortedEndpoints(controllers.endpoints),
    controllerNamespaces: [...controllers.namespaces].sort(),
    nodes: sorted(nodes.flatMap(internalAddresses)),
    ...ranges,
    cilium: crd !== undefined,
    unreadable: reader.unreadable,
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isAddress(value: unknown): value is string {
  return isText(value) && isIP(value) !== 0;
}

function sorted(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}

function internalAddresses(node: KubeObject): string[] {
  return records(at(node, 'status', 'addresses'))
    .filter(({ type }) => type === 'InternalIP')
    .map(({ address }) => address)
    .filter(isAddress);
}

function serviceEndpoints(service: KubeObject | undefined): Endpoint[] {
  const address = at(service, 'spec', 'clusterIP');
  return isAddress(address) ? ports(at(service, 'spec', 'ports')).map((port) => ({ address, port })) : [];
}

function sliceEndpoints(slice: KubeObject): Endpoint[] {
  const addresses = records(slice['endpoints'])
    .flatMap(({ addresses: list }) => texts(list))
    .filter(isAddress);
  return ports(slice['ports']).flatMap((port) => addresses.map((address) => ({ address, port })));
}

function oldEndpoints(object: KubeObject | undefined): Endpoint[] {
  return records(object?.['subsets']).flatMap((subset) =>
    ports(subset['ports']).flatMap((port) =>
      records(subset['addresses'])
        .map(({ ip }) => ip)
        .filter(isAddress)
        .map((address) => ({ address, port })),
    ),
  );
}

function ports(value: unknown): number[] {
  return records(value)
    .map(({ port }) => port)
    .filter((port): port is number => typeof port === 'number');
}
