import { describe, expect, test } from '@jest/globals';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClusterCache, discoverCluster, unknownCluster } from '@charm-ts/vpn-gateway';
import { clusterObjects, FakeKube } from '../fakes/fake-kube.js';
import { FakeUnit } from '../fakes/fake-charm.js';

const cluster = (): FakeKube => {
  const kube = new FakeKube();
  for (const object of clusterObjects) kube.put(object);
  return kube;
};

const discover = (api: FakeKube, apiAddresses: readonly string[] = [], root = '/nowhere') =>
  discoverCluster({ api, apiAddresses, root });

describe('discovery', () => {
  test('finds what a pod needs', async () => {
    const addresses = ['10.152.183.61:17070', 'controller-service.controller-mk8s.svc.cluster.local:17070'];
    expect(await discover(cluster(), addresses)).toEqual({
      dnsAddress: '10.152.183.10',
      domain: 'cluster.local',
      apiServers: [
        { address: '10.152.183.1', port: 443 },
        { address: '192.168.7.9', port: 16443 },
      ],
      controllers: [{ address: '10.152.183.61', port: 17070 }],
      controllerNamespaces: ['controller-mk8s'],
      nodes: ['192.168.7.9'],
      podCidrs: ['10.1.0.0/24'],
      serviceCidrs: ['10.152.183.0/24'],
      cilium: false,
      unreadable: [],
    });
  });

  test('finds the namespace of a controller that is known by address only, and keeps an external one by address', async () => {
    const { controllers, controllerNamespaces } = await discover(cluster(), [
      '10.152.183.61:17070',
      '203.0.113.5:17070',
      'nonsense',
      '[fd00::5]:17070',
    ]);
    expect(controllers).toEqual([
      { address: '10.152.183.61', port: 17070 },
      { address: '203.0.113.5', port: 17070 },
      { address: 'fd00::5', port: 17070 },
    ]);
    expect(controllerNamespaces).toEqual(['controller-mk8s']);
  });

  test('takes CoreDNS by its own name, and the old Endpoints', async () => {
    const kube = new FakeKube();
    kube.put({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'coredns', namespace: 'kube-system' },
      spec: { clusterIP: '10.43.0.10' },
    });
    kube.put({
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { name: 'kubernetes', namespace: 'default' },
      subsets: [{ addresses: [{ ip: '10.99.0.1' }], ports: [{ port: 6443 }] }],
    });
    expect(await discover(kube)).toMatchObject({
      dnsAddress: '10.43.0.10',
      apiServers: [{ address: '10.99.0.1', port: 6443 }],
    });
  });

  test('partial rights and an older cluster leave gaps, not errors', async () => {
    const kube = cluster();
    kube.failures.set('list Node', 'kubernetes-forbidden');
    kube.failures.set('list ServiceCIDR', 'kubernetes-not-found');
    expect(await discover(kube)).toMatchObject({
      dnsAddress: '10.152.183.10',
      nodes: [],
      serviceCidrs: [],
      unreadable: ['Node'],
    });
  });

  test('hostile objects give nothing', async () => {
    const kube = new FakeKube();
    kube.put({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'kube-dns', namespace: 'kube-system' },
      spec: { clusterIP: '$(id)' },
    });
    kube.put({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n' },
      spec: { podCIDRs: ['x', 7], podCIDR: null },
      status: { addresses: 'y' },
    });
    expect(await discover(kube)).toEqual(unknownCluster);
  });

  test('knows Cilium by its definition, and the domain by resolv.conf', async () => {
    const kube = cluster();
    kube.put({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'ciliumnetworkpolicies.cilium.io' },
    });
    const root = await mkdtemp(join(tmpdir(), 'vg-'));
    try {
      await mkdir(join(root, 'etc'));
      await writeFile(
        join(root, 'etc/resolv.conf'),
        'search media.svc.corp.internal svc.corp.internal corp.internal\nnameserver 10.152.183.10\n',
      );
      expect(await discover(kube, [], root)).toMatchObject({ cilium: true, domain: 'corp.internal' });
    } finally {
      await rm(root, { recursive: true });
    }
  });

  test('no answer is no discovery', async () => {
    const kube = cluster();
    kube.failures.set('list Node', 'kubernetes-unavailable');
    await expect(discover(kube)).rejects.toMatchObject({ code: 'kubernetes-unavailable' });
  });
});

describe('kept facts', () => {
  const facts = async (unit: FakeUnit, fresh: boolean) =>
    (await unit.hook({ kind: 'start' }, (charm) => new ClusterCache(charm).facts({ fresh }))).result;

  test('spare the API server, and are used when it does not answer', async () => {
    const unit = new FakeUnit();
    const first = await facts(unit, false);
    unit.kube.reads = 0;
    expect(await facts(unit, false)).toEqual(first);
    expect(unit.kube.reads).toBe(0);
    unit.kube.failures.set('*', 'kubernetes-unavailable');
    expect(await facts(unit, true)).toEqual(first);
    unit.state.clear();
    expect(await facts(unit, true)).toMatchObject({ kind: 'refused', status: { name: 'waiting' } });
  });

  test('that are broken are discovered again', async () => {
    const unit = new FakeUnit();
    for (const text of ['x', '[]', '{"apiAddresses":["other:1"],"facts":{"nodes":["1.2.3.4"]}}']) {
      unit.state.set('vpn-gateway.cluster', text);
      expect(await facts(unit, false)).toMatchObject({ kind: 'ok', facts: { nodes: ['192.168.7.9'] } });
    }
  });
});
