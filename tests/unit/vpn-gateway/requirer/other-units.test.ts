import { describe, expect, test } from '@jest/globals';
import { closedPod, FakeUnit, openPod } from '../fakes/fake-charm.js';
import { broken, changed, data, on, protectedUnit, ready, run } from '../fakes/requirer-world.js';

describe('units that do not lead', () => {
  test('verify themselves and write nothing', async () => {
    const unit = await protectedUnit();
    unit.leader = false;
    unit.state.clear();
    unit.container.service = undefined;
    expect(await run(unit, ready)).toBe(on);
    expect(unit.kube.writes).toEqual([]);
    unit.ours = {};
    await run(unit, changed);
    expect(unit.ours).toEqual({});
  });

  test('do not start without the policy, which only the leader may repair', async () => {
    const unit = await protectedUnit();
    unit.leader = false;
    unit.state.clear();
    unit.container.service = undefined;
    await unit.kube.delete({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      name: 'sabnzbd-vpn-killswitch',
    });
    expect(await run(unit, ready)).toBe('protecting waiting: VPN: closing the pod (1 of 3)');
    expect(unit.container.service).toBeUndefined();
  });

  test('wait while the leader has not closed the pods', async () => {
    const unit = new FakeUnit();
    unit.leader = false;
    unit.theirs = data();
    expect(await run(unit, changed)).toBe('protecting waiting: VPN: closing the pod (1 of 3)');
    expect(unit.kube.writes).toEqual([]);
  });
});

describe('scale and leadership', () => {
  test('a unit that is added starts only in a pod from the protected template', async () => {
    const unit = await protectedUnit();
    const second = new FakeUnit({ name: 'sabnzbd/1', kube: unit.kube });
    second.leader = false;
    second.theirs = data();
    second.pod = closedPod();
    unit.kube.writes.length = 0;
    expect(await run(second, changed)).toBe('protecting waiting: VPN: closing the pod (1 of 3)');
    second.replacePod(closedPod());
    expect(await run(second, ready)).toBe(on);
    expect(unit.kube.writes).toEqual([]);
  });

  test('a new leader repairs what the old one left', async () => {
    const unit = await protectedUnit();
    unit.leader = false;
    await run(unit, changed);
    await unit.kube.delete({ apiVersion: 'v1', kind: 'ConfigMap', name: 'sabnzbd-gateway-client-config' });
    unit.kube.writes.length = 0;
    unit.leader = true;
    expect(await run(unit, { kind: 'leader-elected' })).toBe(on);
    expect(unit.kube.writes).toEqual([
      'apply ConfigMap sabnzbd-gateway-client-config',
      expect.stringMatching(/^patch Pod sabnzbd-0/),
    ]);
  });

  test('a new leader goes on with a take-down that the old one began', async () => {
    const unit = await protectedUnit();
    unit.leader = false;
    unit.theirs = undefined;
    await run(unit, broken);
    expect(unit.container.service).toBe('inactive');
    expect(unit.kube.writes).toEqual([]);
    unit.leader = true;
    await run(unit, { kind: 'leader-elected' });
    unit.replacePod(openPod());
    await run(unit, { kind: 'upgrade-charm' });
    expect(unit.kube.writes).toEqual([
      'apply StatefulSet sabnzbd',
      'delete ConfigMap sabnzbd-gateway-client-config',
      'delete NetworkPolicy sabnzbd-vpn-killswitch',
    ]);
  });
});
