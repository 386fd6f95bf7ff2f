import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { KubeApiError, type KubeApi, type KubeObject, type ObjectQuery } from '@charm-ts/ops';
import { parsePrefix } from '../cidr/prefix.js';
import { isDnsName } from '../contract/name-format.js';
import type { Endpoint } from '../objects/endpoint.js';
import type { ClusterFacts } from './cluster-facts.js';
import { discoverControllers } from './discover-controllers.js';
import { at, records, texts } from './json.js';

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
  const unreadable: string[] = [];
  const list = (query: ObjectQuery): Promise<readonly KubeObject[]> =>
    tolerant(api.list(query), query.kind, unreadable);
  const get = async (kind: string, namespace: string, name: string, apiVersion = 'v1') =>
    tolerantOne(api.get({ apiVersion, kind, namespace, name }), kind, unreadable);

  const [nodes, serviceCidrs, kubeDns, coreDns, service, slices, endpoints, crd, domain] = await Promise.all([
    list({ apiVersion: 'v1', kind: 'Node' }),
    list({ apiVersion: 'networking.k8s.io/v1', kind: 'ServiceCIDR' }),
    get('Service', 'kube-system', 'kube-dns'),
    get('Service', 'kube-system', 'coredns'),
    get('Service', 'default', 'kubernetes'),
    list({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      namespace: 'default',
      labelSelector: 'kubernetes.io/service-name=kubernetes',
    }),
    get('Endpoints', 'default', 'kubernetes'),
    tolerantOne(
      api.get({
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        name: 'ciliumnetworkpolicies.cilium.io',
      }),
      'CustomResourceDefinition',
      unreadable,
    ),
    clusterDomain(root),
  ]);
  const controllers = await discoverControllers(apiAddresses, list);
  const dnsAddress = [kubeDns, coreDns].map((object) => at(object, 'spec', 'clusterIP')).find(isAddress);
  return {
    ...(dnsAddress === undefined ? {} : { dnsAddress }),
    domain,
    apiServers: endpointsSorted([
      ...serviceEndpoints(service),
      ...slices.flatMap(sliceEndpoints),
      ...oldEndpoints(endpoints),
    ]),
    controllers: endpointsSorted(controllers.endpoints),
    controllerNamespaces: [...controllers.namespaces].sort(),
    nodes: sorted(nodes.flatMap(internalAddresses)),
    podCidrs: prefixes(
      nodes.flatMap((node) => [
        ...texts(at(node, 'spec', 'podCIDRs')),
        ...[at(node, 'spec', 'podCIDR')].filter(isText),
      ]),
    ),
    serviceCidrs: prefixes(serviceCidrs.flatMap((object) => texts(at(object, 'spec', 'cidrs')))),
    cilium: crd !== undefined,
    unreadable: sorted(unreadable),
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

function prefixes(values: readonly string[]): readonly string[] {
  return sorted(values.flatMap((value) => parsePrefix(value)?.text ?? []));
}

function endpointsSorted(endpoints: readonly Endpoint[]): readonly Endpoint[] {
  const unique = new Map(endpoints.map((endpoint) => [`${endpoint.address} ${endpoint.port}`, endpoint]));
  return [...unique].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, endpoint]) => endpoint);
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

async function tolerant(
  request: Promise<readonly KubeObject[]>,
  kind: string,
  unreadable: string[],
): Promise<readonly KubeObject[]> {
  try {
    return await request;
  } catch (error) {
    skip(error, kind, unreadable);
    return [];
  }
}

async function tolerantOne(
  request: Promise<KubeObject | undefined>,
  kind: string,
  unreadable: string[],
): Promise<KubeObject | undefined> {
  try {
    return await request;
  } catch (error) {
    skip(error, kind, unreadable);
    return undefined;
  }
}

/** Missing rights and kinds that an older cluster does not have are not failures; an absent answer is. */
function skip(error: unknown, kind: string, unreadable: string[]): void {
  const skippable = ['kubernetes-forbidden', 'kubernetes-not-found', 'kubernetes-invalid', 'kubernetes-failed'];
  if (!(error instanceof KubeApiError) || !skippable.includes(error.code)) throw error;
  if (error.code === 'kubernetes-forbidden') unreadable.push(kind);
}

/** The domain after `svc.` in the search list that the kubelet wrote. */
async function clusterDomain(root: string): Promise<string> {
  const text = await readFile(`${root}/etc/resolv.conf`, 'utf8').catch(() => '');
  const searched = text
    .split('\n')
    .flatMap((line) => (/^\s*search\s/.test(line) ? line.trim().split(/\s+/).slice(1) : []));
  const domain = searched
    .find((name) => name.startsWith('svc.'))
    ?.slice('svc.'.length)
    .replace(/\.$/, '');
  return domain !== undefined && isDnsName(domain) ? domain : 'cluster.local';
}
