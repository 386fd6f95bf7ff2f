import { describe, expect, test } from '@jest/globals';
import { unknownCluster } from '@charm-ts/vpn-gateway';
import { clusterFacts } from '../fakes/cluster-facts.js';
import { cluster, discover } from '../fakes/discovery.js';
import { FakeKube } from '../fakes/fake-kube.js';

describe('discovery', () => {
  test('finds what a pod needs', async () => {
    const addresses = ['10.152.183.61:17070', 'controller-service.controller-mk8s.svc.cluster.local:17070'];
    expect(await discover(cluster(), addresses)).toEqual(clusterFacts);
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

  test('takes the old Endpoints as well', async () => {
    const kube = new FakeKube();
    kube.put({
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { name: 'kubernetes', namespace: 'default' },
      subsets: [{ addresses: [{ ip: '10.99.0.1' }], ports: [{ port: 6443 }] }],
    });
    expect((await discover(kube)).apiServers).toEqual([{ address: '10.99.0.1', port: 6443 }]);
  });

  test('partial rights and an older cluster leave gaps, not errors', async () => {
    const kube = cluster();
    kube.failures.set('list Node', 'kubernetes-forbidden');
    kube.failures.set('list Service', 'kubernetes-forbidden');
    expect(await discover(kube)).toMatchObject({
      dnsAddress: '10.152.183.10',
      nodes: [],
      unreadable: ['Node', 'Service'],
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

  test('knows Cilium by its definition', async () => {
    const definition = { name: 'ciliumnetworkpolicies.cilium.io' };
    const kube = cluster({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: definition,
    });
    expect(await discover(kube)).toMatchObject({ cilium: true });
  });

  test('no answer is no discovery', async () => {
    const kube = cluster();
    kube.failures.set('list Node', 'kubernetes-unavailable');
    await expect(discover(kube)).rejects.toMatchObject({ code: 'kubernetes-unavailable' });
  });
});
