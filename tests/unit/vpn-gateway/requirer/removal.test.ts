import { describe, expect, test } from '@jest/globals';
import { VpnGatewayRequirer } from '@charm-ts/vpn-gateway';
import { FakeUnit, openPod } from '../fakes/fake-charm.js';
import { broken, protectedUnit, run, start } from '../fakes/requirer-world.js';

describe('the relation is removed', () => {
  test('A19, C21: workload first, then the StatefulSet; ConfigMap and policy when the pod has been replaced', async () => {
    const unit = await protectedUnit();
    unit.theirs = undefined;
    expect(await run(unit, broken)).toBe('no-relation blocked: integrate with a vpn-gateway (or set unsafe-mode=true)');
    expect(unit.journal).toEqual(['stop after 0 writes']);
    expect(unit.kube.writes).toEqual(['apply StatefulSet sabnzbd']);

    await run(unit, { kind: 'update-status' });
    expect(unit.kube.writes).toEqual(['apply StatefulSet sabnzbd']);

    unit.replacePod(openPod());
    await run(unit, { kind: 'upgrade-charm' });
    expect(unit.kube.writes.slice(1)).toEqual([
      'delete ConfigMap sabnzbd-gateway-client-config',
      'delete NetworkPolicy sabnzbd-vpn-killswitch',
    ]);
    unit.kube.reads = 0;
    await run(unit, start);
    expect(unit.kube.reads).toBe(0);
  });

  test('the workload stops before the policy goes, also when somebody else has opened the pod', async () => {
    const unit = await protectedUnit();
    unit.theirs = undefined;
    await unit.kube.apply(
      { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'sabnzbd' } },
      { fieldManager: 'sabnzbd-vpn' },
    );
    unit.kube.replacePod('sabnzbd');
    unit.kube.writes.length = 0;
    await run(unit, broken, true);
    expect(unit.journal[0]).toBe('stop after 0 writes');
    expect(unit.kube.writes).toEqual([
      'delete ConfigMap sabnzbd-gateway-client-config',
      'delete NetworkPolicy sabnzbd-vpn-killswitch',
    ]);
  });

  test('with unsafe-mode it runs again only when nothing is left', async () => {
    const unit = await protectedUnit();
    unit.theirs = undefined;
    expect(await run(unit, broken, true)).toBe('no-relation waiting: VPN: opening the pod');
    expect(unit.container.service).toBe('inactive');
    unit.replacePod(openPod());
    expect(await run(unit, { kind: 'upgrade-charm' }, true)).toBe(
      'no-relation active: unsafe-mode: traffic does not use a VPN',
    );
    expect(unit.kube.object('NetworkPolicy', 'sabnzbd-vpn-killswitch')).toBeUndefined();
    expect(unit.container.service).toBe('active');
  });

  test('a take-down that fails half way is taken up again', async () => {
    const unit = await protectedUnit();
    unit.theirs = undefined;
    await run(unit, broken, true);
    unit.replacePod(openPod());
    unit.kube.failures.set('delete NetworkPolicy', 'kubernetes-unavailable');
    expect(await run(unit, { kind: 'upgrade-charm' }, true)).toBe(
      'no-relation waiting: Kubernetes does not answer, will try again',
    );
    expect(unit.container.service).not.toBe('active');
    unit.kube.failures.clear();
    expect(await run(unit, start, true)).toBe('no-relation active: unsafe-mode: traffic does not use a VPN');
  });

  test('an application that was never related needs no rights', async () => {
    const unit = new FakeUnit();
    unit.kube.failures.set('*', 'kubernetes-forbidden');
    expect(await run(unit, { kind: 'upgrade-charm' }, true)).toBe(
      'no-relation active: unsafe-mode: traffic does not use a VPN',
    );
  });
});

describe('the application is removed', () => {
  const remove = (unit: FakeUnit) =>
    unit.hook({ kind: 'remove' }, (charm) => Promise.resolve(new VpnGatewayRequirer(charm, 'vpn-gateway')));

  test('A20: the last unit leaves nothing behind, the policy goes last', async () => {
    const unit = await protectedUnit();
    unit.planned = 0;
    await remove(unit);
    expect(unit.container.service).toBe('inactive');
    expect(unit.kube.writes).toEqual([
      'apply StatefulSet sabnzbd',
      'delete ConfigMap sabnzbd-gateway-client-config',
      'delete NetworkPolicy sabnzbd-vpn-killswitch',
    ]);
  });

  test('C19: a unit that goes alone touches nothing', async () => {
    const unit = await protectedUnit();
    await remove(unit);
    expect(unit.kube.writes).toEqual([]);
  });

  test('the policy stays while another unit’s pod is there', async () => {
    const unit = await protectedUnit();
    unit.planned = 0;
    unit.kube.replacePod('sabnzbd', 1);
    await remove(unit);
    expect(unit.kube.writes).toEqual([]);
  });
});
