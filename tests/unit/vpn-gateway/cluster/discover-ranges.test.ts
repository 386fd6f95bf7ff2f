import { describe, expect, test } from '@jest/globals';
import { KubeApiError, type KubeObject } from '@charm-ts/ops';
import { clusterRanges, disagreement, overlayPrefix, parsePrefix, type Prefix } from '@charm-ts/vpn-gateway';
import { clusterFacts } from '../fakes/cluster-facts.js';
import { cluster, discover, service } from '../fakes/discovery.js';
import type { FakeKube } from '../fakes/fake-kube.js';

const pod = (ip: string, more: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `pod-${ip}`, namespace: 'media' },
  spec: more,
  status: { podIPs: [{ ip }] },
});
const pool = (cidr: string, disabled = false): KubeObject => ({
  apiVersion: 'crd.projectcalico.org/v1',
  kind: 'IPPool',
  metadata: { name: `pool-${cidr}` },
  spec: { cidr, disabled },
});
const ciliumNode = (...podCIDRs: readonly string[]): KubeObject => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNode',
  metadata: { name: 'node-1' },
  spec: { ipam: { podCIDRs } },
});
const overlay = overlayPrefix('172.16.0');
const read = async (kube: FakeKube): Promise<string> => {
  const ranges = clusterRanges(await discover(kube), overlay);
  return ranges.kind === 'certain' ? ranges.prefixes.map(({ text }) => text).join(' ') : ranges.reason;
};
const services = '10.152.183.0/24';

describe('B13: the ranges of the cluster', () => {
  test.each<[string, readonly KubeObject[], string]>([
    ['of the nodes', [pod('10.1.0.7')], `10.1.0.0/24 ${services}`],
    [
      'of Calico’s pools, which leave the nodes’ unused',
      [pool('10.1.0.0/16'), pod('10.1.77.7')],
      `10.1.0.0/16 ${services}`,
    ],
    [
      'of Cilium, which may leave the nodes’ unused',
      [ciliumNode('10.0.3.0/24'), pod('10.0.3.7')],
      `10.0.3.0/24 ${services}`,
    ],
    [
      'of the nodes where Calico only enforces policies',
      [pool('192.168.0.0/16'), pod('10.1.0.7')],
      `10.1.0.0/24 ${services}`,
    ],
    [
      'of all pools',
      [pool('10.1.0.0/16'), pool('10.2.0.0/16'), pool('10.3.0.0/16', true), pod('10.2.0.7')],
      `10.1.0.0/16 10.2.0.0/16 ${services}`,
    ],
    [
      'whatever address a pod in the node’s network has',
      [pod('192.168.7.9', { hostNetwork: true })],
      `10.1.0.0/24 ${services}`,
    ],
  ])('%s', async (_what, objects, expected) => {
    expect(await read(cluster(...objects))).toBe(expected);
  });

  test.each<[string, readonly KubeObject[], string]>([
    [
      'a pod elsewhere',
      [pod('10.9.0.7')],
      'this cluster uses 10.9.0.7 besides pods 10.1.0.0/24 and services 10.152.183.0/24',
    ],
    [
      'a Service elsewhere',
      [service('media', 'web', '10.96.0.7')],
      'this cluster uses 10.96.0.7 besides pods 10.1.0.0/24 and services 10.152.183.0/24',
    ],
    [
      'a pool over the overlay',
      [pool('172.16.0.0/16')],
      'of pods 172.16.0.0/16 and services 10.152.183.0/24, "172.16.0.0/16" overlaps the overlay network 172.16.0.0/24',
    ],
    [
      'a pool of everything',
      [pool('0.0.0.0/0')],
      'of pods 0.0.0.0/0 and services 10.152.183.0/24, "0.0.0.0/0" is wider than /8',
    ],
  ])('are not certain with %s', async (_what, objects, expected) => {
    expect(await read(cluster(...objects))).toBe(expected);
  });

  test('are not certain where one cannot be read', async () => {
    const withoutNodes = cluster();
    withoutNodes.failures.set('list Node', 'kubernetes-forbidden');
    expect(await read(withoutNodes)).toBe(
      'the pod range of this cluster cannot be read (found services 10.152.183.0/24)',
    );
    const withoutServices = cluster();
    withoutServices.failures.set('list ServiceCIDR', 'kubernetes-not-found');
    expect(await read(withoutServices)).toBe(
      'the service range of this cluster cannot be read (found pods 10.1.0.0/24)',
    );
    withoutServices.failures.set('list Node', 'kubernetes-forbidden');
    expect(await read(withoutServices)).toBe('the pod and service ranges of this cluster cannot be read');
  });

  test('an older API server names its range in a refusal, and nothing is written', async () => {
    const kube = cluster();
    kube.failures.set('list ServiceCIDR', 'kubernetes-not-found');
    const asked: unknown[] = [];
    kube.apply = (object, options) => {
      asked.push([object.kind, options]);
      // registry/core/service/ipallocator of Kubernetes 1.32
      const sentence =
        'failed to allocate IP 192.0.2.1: the provided IP (192.0.2.1) is not in the valid range. The range of valid IPs is 10.152.183.0/24';
      return Promise.reject(new KubeApiError('kubernetes-invalid', `cannot apply Service: ${sentence}`));
    };
    expect(await read(kube)).toBe(`10.1.0.0/24 ${services}`);
    expect(asked).toEqual([['Service', { fieldManager: 'vpn-gateway-question', dryRun: true }]]);
  });

  test('a public range that the cluster has is the cluster’s', async () => {
    expect(await read(cluster(pool('203.0.113.0/24')))).toBe(`${services} 203.0.113.0/24`);
  });
});

describe('an operator’s ranges and the cluster’s', () => {
  const prefixes = (...texts: readonly string[]): readonly Prefix[] => texts.flatMap((text) => parsePrefix(text) ?? []);

  test.each<[readonly string[], string | undefined]>([
    [['10.1.0.0/16', '10.152.183.0/24'], undefined],
    [['10.0.0.0/8'], undefined],
    [['10.1.0.0/16'], 'leaves out services 10.152.183.0/24'],
    [['10.1.0.0/25', '10.152.183.0/24'], 'leaves out pods 10.1.0.0/24'],
    [['192.168.0.0/16'], 'leaves out pods 10.1.0.0/24 and services 10.152.183.0/24'],
  ])('%j', (texts, expected) => {
    expect(disagreement(prefixes(...texts), clusterFacts)).toBe(expected);
  });

  test('what is not certain cannot disagree', () => {
    expect(disagreement(prefixes('192.168.0.0/16'), { ...clusterFacts, strays: ['10.9.0.7'] })).toBeUndefined();
  });
});
