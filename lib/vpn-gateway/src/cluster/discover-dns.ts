import { isIP } from 'node:net';
import type { KubeObject } from '@charm-ts/ops';
import { isNodeLocal } from '../cidr/special-ranges.js';
import type { ClusterReader } from './cluster-reader.js';
import { at, records } from './json.js';
import type { PodResolver } from './pod-resolver.js';

/** The cluster's name service. */
export interface ClusterDns {
  /** Address of its Service. */
  readonly address: string | undefined;
  /** That address, and the cache on the node where there is one. */
  readonly servers: readonly string[];
  /** Where its pods are. */
  readonly namespace: string;
  /** On what its pods listen, besides 53. */
  readonly ports: readonly number[];
}

const system = 'kube-system';
const names = ['kube-dns', 'coredns', 'rke2-coredns-rke2-coredns'];

/**
 * Finds the Service by what the pod's `resolv.conf` names, whatever it is called (`dns-default` in OpenShift); where a cache on the node or nothing is named,
 * by the usual names and label. A server that is neither a Service of the cluster nor a cache on the node is not taken: it may be anybody's.
 */
export async function discoverDns(
  reader: ClusterReader,
  services: readonly KubeObject[],
  { servers }: PodResolver,
): Promise<ClusterDns> {
  const known = [...services, ...(await missing(reader, services))].filter((service) => addressOf(service) !== '');
  const service =
    known.find((candidate) => servers.includes(addressOf(candidate))) ??
    names.flatMap((name) => known.find((candidate) => isNamed(candidate, name)) ?? []).at(0) ??
    known.find(isLabelled);
  const nodeLocal = servers.filter(isNodeLocal);
  if (service === undefined) return { address: undefined, servers: nodeLocal, namespace: system, ports: [] };
  const address = addressOf(service);
  return {
    address,
    servers: [...new Set([address, ...nodeLocal])],
    namespace: service.metadata.namespace ?? system,
    ports: await podPorts(reader, service),
  };
}

/** With rights on `kube-system` only, the usual two can still be read one by one. */
async function missing(reader: ClusterReader, services: readonly KubeObject[]): Promise<readonly KubeObject[]> {
  if (services.some((service) => isNamed(service, 'kube-dns') || isNamed(service, 'coredns'))) return [];
  const read = ['kube-dns', 'coredns'].map((name) =>
    reader.get({ apiVersion: 'v1', kind: 'Service', namespace: system, name }),
  );
  return (await Promise.all(read)).flatMap((service) => service ?? []);
}

function isNamed({ metadata }: KubeObject, name: string): boolean {
  return metadata.namespace === system && metadata.name === name;
}

function isLabelled({ metadata }: KubeObject): boolean {
  return metadata.namespace === system && metadata.labels?.['k8s-app'] === 'kube-dns';
}

function addressOf(service: KubeObject): string {
  const address = at(service, 'spec', 'clusterIP');
  return typeof address === 'string' && isIP(address) !== 0 ? address : '';
}

/** A policy sees the packet after the Service's translation: on some clusters the pods listen on another port than 53. */
async function podPorts(reader: ClusterReader, service: KubeObject): Promise<readonly number[]> {
  const targets = records(at(service, 'spec', 'ports')).map(({ targetPort, port }) => targetPort ?? port);
  if (targets.every((target) => target === 53)) return [];
  const slices = await reader.list({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    namespace: service.metadata.namespace ?? system,
    labelSelector: `kubernetes.io/service-name=${service.metadata.name}`,
  });
  const wanted = new Set(
    records(at(service, 'spec', 'ports')).flatMap(({ name, port }) => (port === 53 ? [name] : [])),
  );
  const found = slices
    .flatMap((slice) => records(slice['ports']))
    .flatMap(({ name, port }) => (wanted.has(name) && typeof port === 'number' && port !== 53 ? [port] : []));
  return [...new Set(found)].sort((left, right) => left - right);
}
