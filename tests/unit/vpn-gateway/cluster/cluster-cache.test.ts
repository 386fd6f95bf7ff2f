import { describe, expect, test } from '@jest/globals';
import { ClusterCache, type ClusterFacts } from '@charm-ts/vpn-gateway';
import { FakeUnit } from '../fakes/fake-charm.js';

describe('kept facts', () => {
  const facts = async (unit: FakeUnit, fresh: boolean, overrides: Partial<ClusterFacts> = {}) =>
    (await unit.hook({ kind: 'start' }, (charm) => new ClusterCache(charm, overrides).facts({ fresh }))).result;

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

  test('ranges that were certain stay while others are not', async () => {
    const unit = new FakeUnit();
    await facts(unit, false);
    const stray = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'stray', namespace: 'media' },
      status: { podIPs: [{ ip: '10.9.0.7' }] },
    };
    unit.kube.put(stray);
    expect(await facts(unit, true)).toMatchObject({ facts: { podCidrs: ['10.1.0.0/24'], strays: [] } });
    const other = new FakeUnit({ kube: unit.kube });
    expect(await facts(other, true)).toMatchObject({ facts: { strays: ['10.9.0.7'] } });
    unit.kube.put({
      apiVersion: 'crd.projectcalico.org/v1',
      kind: 'IPPool',
      metadata: { name: 'pool' },
      spec: { cidr: '10.9.0.0/16' },
    });
    expect(await facts(unit, true)).toMatchObject({ facts: { podCidrs: ['10.9.0.0/16'], strays: [] } });
  });

  test('what may not be read any more stays as it was, until it can be read again', async () => {
    const unit = new FakeUnit();
    const first = await facts(unit, false);
    for (const [question, kind] of [
      ['list Node', 'Node'],
      ['list Service', 'Service'],
      ['get Service', 'Service'],
    ] as const) {
      unit.kube.failures.set(question, 'kubernetes-forbidden');
      expect(await facts(unit, true)).toMatchObject({ facts: { unreadable: expect.arrayContaining([kind]) } });
      expect({ ...(await facts(unit, false)) }).toEqual({
        ...first,
        facts: { ...(first.kind === 'ok' ? first.facts : {}), unreadable: expect.any(Array) },
      });
    }
    unit.kube.failures.clear();
    unit.kube.put({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'second' },
      status: { addresses: [{ type: 'InternalIP', address: '192.168.7.10' }] },
    });
    expect(await facts(unit, true)).toMatchObject({
      facts: { nodes: ['192.168.7.10', '192.168.7.9'], unreadable: [] },
    });
  });

  test('an author overrides what is discovered, kept or not', async () => {
    const unit = new FakeUnit();
    const overrides = { domain: 'corp.internal', nodes: ['192.168.7.1'] };
    expect(await facts(unit, true, overrides)).toMatchObject({ facts: { ...overrides, dnsAddress: '10.152.183.10' } });
    expect(await facts(unit, false, overrides)).toMatchObject({ facts: overrides });
    expect(await facts(unit, false)).toMatchObject({ facts: { domain: 'cluster.local' } });
  });

  test('what was overridden is not kept as if it had been discovered', async () => {
    const unit = new FakeUnit();
    await facts(unit, true);
    unit.kube.failures.set('list Node', 'kubernetes-forbidden');
    await facts(unit, true, { podCidrs: ['10.9.0.0/16'] });
    expect(await facts(unit, false)).toMatchObject({ facts: { podCidrs: ['10.1.0.0/24'] } });
  });
});
