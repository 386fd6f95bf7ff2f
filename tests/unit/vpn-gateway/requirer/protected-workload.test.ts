import { describe, expect, test } from '@jest/globals';
import type { HookEvent } from '@charm-ts/ops';
import { closedPod, openPod } from '../fakes/fake-charm.js';
import {
  broken,
  changed,
  checkFailed,
  data,
  on,
  protectedUnit,
  ready,
  run,
  secretChanged,
  start,
} from '../fakes/requirer-world.js';

describe('a protected workload', () => {
  test('an unchanged hook does not touch Kubernetes', async () => {
    const unit = await protectedUnit();
    expect(await run(unit, secretChanged)).toBe(on);
    expect(unit.kube.reads).toBe(0);
    expect(unit.kube.writes).toEqual([]);
  });

  test.each<HookEvent>([start, { kind: 'upgrade-charm' }, { kind: 'update-status' }, changed])(
    '$kind writes nothing when nothing differs',
    async (event) => {
      const unit = await protectedUnit();
      await run(unit, event);
      expect(unit.kube.writes).toEqual([]);
    },
  );

  test('a container that comes back is started only after Kubernetes has been read', async () => {
    const unit = await protectedUnit();
    unit.container.service = undefined;
    unit.container.layers = [];
    await run(unit, ready);
    expect(unit.journal).toEqual([expect.stringMatching(/^start after [1-9]/)]);
    expect(unit.container.layers).toHaveLength(1);
  });

  test('keeps running when the tunnel is lost', async () => {
    const unit = await protectedUnit();
    unit.theirs = data({ vpn_connected: false, external_ip: null });
    expect(await run(unit, changed)).toBe('disconnected waiting: VPN lost: traffic is blocked');
    expect(unit.container.service).toBe('active');
  });

  test.each([
    ['missing', {}, 'no-data waiting: VPN: waiting for data of the gateway'],
    [
      'bad',
      { config: '{"instance_name":"$(id)"}' },
      /^invalid-data blocked: VPN: the gateway sent bad data: .*instance_name/,
    ],
    ['no JSON', { config: 'x' }, 'invalid-data blocked: VPN: the gateway sent bad data: config is not JSON'],
  ])('A2: keeps running, and keeps its protection, when data are %s', async (_what, theirs, expected) => {
    const unit = await protectedUnit();
    unit.theirs = theirs;
    expect(await run(unit, { kind: 'update-status' })).toEqual(expect.stringMatching(expected));
    expect(unit.container.service).toBe('active');
    expect(unit.kube.writes).toEqual([]);
  });

  test('C12: is stopped in the very hook in which verification fails, and starts again in the hook in which it holds', async () => {
    const unit = await protectedUnit();
    unit.pod = { ...closedPod(), verdict: { status: 503, body: 'gateway: no answer\n' } };
    unit.container.checkStatus = 'down';
    expect(await run(unit, checkFailed)).toBe(
      'unverified waiting: VPN: path not verified, workload stopped: gateway: no answer',
    );
    expect(unit.container.service).toBe('inactive');
    unit.pod = closedPod();
    expect(await run(unit, { kind: 'pebble-check-recovered', container: 'sabnzbd', check: 'vpn-route' })).toBe(on);
    expect(unit.container.service).toBe('active');
  });

  test('is stopped even when Kubernetes does not answer', async () => {
    const unit = await protectedUnit();
    unit.pod = openPod();
    unit.kube.failures.set('*', 'kubernetes-unavailable');
    expect(await run(unit, checkFailed)).toBe('protecting waiting: Kubernetes does not answer, will try again');
    expect(unit.container.service).toBe('inactive');
  });

  test('keeps running when the API server is away, because the path is verified from inside', async () => {
    const unit = await protectedUnit();
    unit.kube.failures.set('*', 'kubernetes-unavailable');
    expect(await run(unit, { kind: 'update-status' })).toBe(
      'protecting waiting: Kubernetes does not answer, will try again',
    );
    expect(unit.container.service).toBe('active');
  });

  test('C6: a policy that was deleted comes back at the next look', async () => {
    const unit = await protectedUnit();
    await unit.kube.delete({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      name: 'sabnzbd-vpn-killswitch',
    });
    unit.kube.writes.length = 0;
    await run(unit, { kind: 'update-status' });
    expect(unit.kube.writes).toEqual(['apply NetworkPolicy sabnzbd-vpn-killswitch']);
  });

  test('a missing policy is repaired, given a moment and read back before the workload starts', async () => {
    const unit = await protectedUnit();
    unit.container.service = undefined;
    const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', name: 'sabnzbd-vpn-killswitch' };
    await unit.kube.delete(policy);
    unit.onSleep = () => unit.journal.push('wait');
    expect(await run(unit, ready)).toBe(on);
    expect(unit.journal).toEqual(['wait', expect.stringMatching(/^start/)]);

    unit.container.service = undefined;
    await unit.kube.delete(policy);
    unit.journal.length = 0;
    unit.onSleep = () => void unit.kube.delete(policy);
    expect(await run(unit, ready)).toBe('protecting waiting: VPN: closing the pod (1 of 3)');
    expect(unit.journal).toEqual([]);
  });

  test('another overlay replaces the pod; the workload of the old one goes on until then', async () => {
    const unit = await protectedUnit();
    unit.theirs = data({ vxlan_id: 43 });
    expect(await run(unit, changed)).toBe('protecting waiting: VPN: closing the pod (1 of 3)');
    expect(unit.kube.writes).toContain('apply StatefulSet sabnzbd');
    expect(unit.container.service).toBe('active');
  });

  test('another address of the gateway changes nothing in Kubernetes', async () => {
    const unit = await protectedUnit();
    unit.theirs = data({ external_ip: '185.213.154.99' });
    expect(await run(unit, changed)).toBe('protected active: VPN on (185.213.154.99)');
    expect(unit.kube.writes).toEqual([]);
  });

  test('unsafe-mode takes nothing away while a gateway is related, and says what the second step is', async () => {
    const unit = await protectedUnit();
    expect(await run(unit, { kind: 'config-changed' }, true)).toBe(
      `${on}; unsafe-mode waits until the relation is removed`,
    );
    expect(unit.container.service).toBe('active');
    unit.pod = openPod();
    expect(await run(unit, { kind: 'config-changed' }, true)).toMatch(/^unverified waiting: .*; unsafe-mode waits/);
    expect(unit.container.service).toBe('inactive');
    expect(unit.kube.writes).toEqual([]);

    unit.theirs = undefined;
    expect(await run(unit, broken, true)).toBe('no-relation waiting: VPN: opening the pod');
    unit.replacePod(openPod());
    expect(await run(unit, { kind: 'upgrade-charm' }, true)).toBe(
      'no-relation active: unsafe-mode: traffic does not use a VPN',
    );
  });
});
