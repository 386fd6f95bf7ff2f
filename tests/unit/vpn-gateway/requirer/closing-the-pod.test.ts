import { describe, expect, test } from '@jest/globals';
import { closedPod, FakeUnit } from '../fakes/fake-charm.js';
import { changed, data, on, ready, run, start } from '../fakes/requirer-world.js';

describe('closing the pod', () => {
  test('A8: without a relation nothing runs and Kubernetes is not asked', async () => {
    const unit = new FakeUnit();
    expect(await run(unit, start)).toBe('no-relation blocked: integrate with a vpn-gateway (or set unsafe-mode=true)');
    expect(unit.kube.reads).toBe(0);
    expect(unit.journal).toEqual([]);
  });

  test('publishes its name and waits for data', async () => {
    const unit = new FakeUnit();
    unit.theirs = {};
    expect(await run(unit, changed)).toBe('no-data waiting: VPN: waiting for data of the gateway');
    expect(JSON.parse(unit.ours['config'] ?? '')).toEqual({
      instance_name: 'sabnzbd',
      agent: 'vpn-gateway-1',
      model: 'media',
    });
    expect(unit.kube.writes).toEqual([]);
  });

  test('A9, C8: data arrive: policy, ConfigMap, StatefulSet, in this order', async () => {
    const unit = new FakeUnit();
    unit.theirs = data();
    expect(await run(unit, changed)).toBe('protecting waiting: VPN: closing the pod (1 of 3)');
    expect(unit.kube.writes).toEqual([
      'apply NetworkPolicy sabnzbd-vpn-killswitch',
      'apply ConfigMap sabnzbd-gateway-client-config',
      'apply StatefulSet sabnzbd',
    ]);
    expect(unit.journal).toEqual([]);
  });

  test('the new pod is verified before the workload starts, in the same hook when the verdict turns good', async () => {
    const unit = new FakeUnit();
    unit.theirs = data();
    await run(unit, changed);
    unit.replacePod({ ...closedPod(), verdict: { status: 503, body: 'overlay: no answer\n' } });
    let sleeps = 0;
    unit.onSleep = () => {
      sleeps += 1;
      if (sleeps === 3) unit.pod = closedPod();
    };
    expect(await run(unit, ready)).toBe(on);
    expect(unit.journal).toHaveLength(1);
  });

  test('leaves the wait as soon as Pebble has seen the bad verdict, because an event is certain then', async () => {
    const unit = new FakeUnit();
    unit.theirs = data();
    await run(unit, changed);
    unit.replacePod({ ...closedPod(), verdict: { status: 503, body: 'overlay: no answer\n' } });
    let sleeps = 0;
    unit.onSleep = () => {
      sleeps += 1;
      if (sleeps === 2) unit.container.checkStatus = 'down';
    };
    expect(await run(unit, ready)).toBe('unverified waiting: VPN: verifying the path (2 of 3): overlay: no answer');
    expect(sleeps).toBe(2);
    expect(unit.journal).toEqual([]);
  });

  test('C18: waits 12 seconds at most', async () => {
    const unit = new FakeUnit();
    unit.theirs = data();
    await run(unit, changed);
    unit.replacePod({ ...closedPod(), verdict: undefined });
    let sleeps = 0;
    unit.onSleep = () => {
      sleeps += 1;
    };
    await run(unit, ready);
    expect(sleeps).toBe(24);
  });

  test('A3: a tunnel that is not up yet is step 3 of 3', async () => {
    const unit = new FakeUnit();
    unit.theirs = data({ vpn_connected: false, external_ip: null });
    await run(unit, changed);
    unit.replacePod(closedPod());
    expect(await run(unit, ready)).toBe('disconnected waiting: VPN: waiting for the tunnel (3 of 3)');
    expect(unit.journal).toEqual([]);
    unit.theirs = data();
    expect(await run(unit, changed)).toBe(on);
  });

  test('a workload that ran unsafe is stopped before the first write', async () => {
    const unit = new FakeUnit();
    await run(unit, start, true);
    expect(unit.container.service).toBe('active');
    unit.theirs = data();
    expect(await run(unit, changed, true)).toBe(
      'protecting waiting: VPN: closing the pod (1 of 3); unsafe-mode waits until the relation is removed',
    );
    expect(unit.journal.at(-1)).toBe('stop after 0 writes');
    expect(unit.container.service).toBe('inactive');
  });

  test('A1: a relation without data already closes the gate of a workload that ran unsafe', async () => {
    const unit = new FakeUnit();
    await run(unit, start, true);
    unit.theirs = {};
    await run(unit, changed, true);
    expect(unit.container.service).toBe('inactive');
  });

  test('is not started while Pebble is not there, and starts when it is', async () => {
    const unit = new FakeUnit();
    unit.theirs = data();
    await run(unit, changed);
    unit.replacePod(closedPod());
    unit.container.reachable = false;
    expect(await run(unit, start)).toBe('protected waiting: waiting for the container sabnzbd');
    expect(unit.journal).toEqual([]);
    unit.container.reachable = true;
    expect(await run(unit, ready)).toBe(on);
  });
});
