import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubeObject } from '@charm-ts/ops';
import { type ClusterFacts, discoverCluster } from '@charm-ts/vpn-gateway';
import { clusterObjects, FakeKube } from './fake-kube.js';

/** The cluster of the fakes, and what a test adds. */
export const cluster = (...more: readonly KubeObject[]): FakeKube => {
  const kube = new FakeKube();
  for (const object of [...clusterObjects, ...more]) kube.put(object);
  return kube;
};

/** Discovers it from a pod without a `resolv.conf`. */
export const discover = (
  api: FakeKube,
  apiAddresses: readonly string[] = [],
  root = '/nowhere',
): Promise<ClusterFacts> => discoverCluster({ api, apiAddresses, root });

/** Discovers it from a pod with this `resolv.conf`. */
export const discoverWith = async (api: FakeKube, resolvConf: string): Promise<ClusterFacts> => {
  const root = await mkdtemp(join(tmpdir(), 'vg-'));
  try {
    await mkdir(join(root, 'etc'));
    await writeFile(join(root, 'etc/resolv.conf'), resolvConf);
    return await discover(api, [], root);
  } finally {
    await rm(root, { recursive: true });
  }
};

/** A Service with an address. */
export const service = (
  namespace: string,
  name: string,
  clusterIP: string,
  { ports, labels = {} }: { readonly ports?: readonly object[]; readonly labels?: Record<string, string> } = {},
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace, labels },
  spec: { clusterIP, clusterIPs: [clusterIP], ports: ports ?? [{ name: 'dns', port: 53, targetPort: 53 }] },
});
