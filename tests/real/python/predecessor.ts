import type { Cluster } from '@charm-ts/testing';
import { gatewayData } from '../../unit/vpn-gateway/fakes/gateway-data.js';
import type { PythonPeer, Release } from './python-peer.js';

/** An application whose charm had the Python library before ours was put in its place. */
export interface Predecessor {
  readonly python: PythonPeer;
  readonly cluster: Cluster;
  readonly release: Release;
  readonly namespace: string;
  readonly app: string;
  readonly role: 'gateway' | 'client';
}

/** Lets the library apply its objects with the application's own service account. */
export async function applyAsPredecessor({ python, cluster, release, namespace, app, role }: Predecessor) {
  const server = {
    url: `https://${cluster.host}:${cluster.port}`,
    ca: Buffer.from(cluster.caCertificate).toString('base64'),
    token: cluster.token(namespace, `${app}/0`),
    namespace,
  };
  const { vxlan_port, ...older } = gatewayData({ cluster_cidrs: '10.1.0.0/16,10.152.183.0/24,169.254.7.127/32' });
  const fields = release === '0.5.0' ? older : { ...older, vxlan_port };
  await python.call('reconcile', { server, app, role, fields });
}

/** What the other gateway's charm itself had done to its pod, and Juju for it. */
export function exporterAndPrivileges(cluster: Cluster, namespace: string): void {
  const containers = [
    { name: 'gluetun', securityContext: { privileged: true } },
    { name: 'gluetun-exporter', image: 'exporter' },
  ];
  cluster.patch(
    { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace, name: 'gluetun' },
    { spec: { template: { spec: { containers } } } },
  );
}

/** Objects that tell that the other library or its Kubernetes client was there; pods tell it while they are not replaced. */
export function markedObjects(cluster: Cluster, namespace: string): readonly string[] {
  return cluster
    .list()
    .filter(({ metadata, kind }) => metadata.namespace === namespace && kind !== 'Pod')
    .filter((object) => /charmarr|lightkube|gluetun-exporter/.test(JSON.stringify(object)))
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}
