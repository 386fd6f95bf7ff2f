import { describe, expect, test } from '@jest/globals';
import { type HookEvent, PebbleApiError, PebbleChangeError, type PebbleError, PebbleTimeoutError } from '@charm-ts/ops';
import { VpnGatewayRequirer } from '@charm-ts/vpn-gateway';
import { closedPod, FakeUnit, openPod } from '../fakes/fake-charm.js';
import { broken, changed, checkFailed, data, on, protectedUnit, run } from '../fakes/requirer-world.js';

const waits = 'waiting: VPN: waiting for the application to end, until then its protection stays';
const update: HookEvent = { kind: 'update-status' };

const slow = new PebbleTimeoutError('change 7 did not end within 40000 ms', { change: '7' });
const stuck = new PebbleChangeError({
  id: '7',
  kind: 'stop',
  summary: 'Stop service "sabnzbd"',
  status: 'Error',
  ready: true,
  err: 'cannot stop service: process still running after SIGTERM and SIGKILL',
  tasks: [],
});
const silent = new PebbleTimeoutError('Pebble was silent for 5000 ms');
const broke = new PebbleApiError('internal error', 500);

const remove = (unit: FakeUnit) =>
  unit.hook({ kind: 'remove' }, (charm) => Promise.resolve(new VpnGatewayRequirer(charm, 'vpn-gateway')));

describe.each<[string, PebbleError]>([
  ['does not end in time', slow],
  ['survives SIGKILL', stuck],
])('a workload that %s', (_what, failure) => {
  test('keeps its protection when the relation is removed; the next hook goes on', async () => {
    const unit = await protectedUnit();
    unit.theirs = undefined;
    unit.container.stopFailure = failure;
    expect(await run(unit, broken, true)).toBe(`no-relation ${waits}`);
    expect(await run(unit, update)).toBe(`no-relation ${waits}`);
    expect(unit.kube.writes).toEqual([]);
    unit.container.stopFailure = undefined;
    expect(await run(unit, update)).toBe('no-relation blocked: integrate with a vpn-gateway (or set unsafe-mode=true)');
    expect(unit.container.service).toBe('inactive');
    expect(unit.kube.writes).toEqual(['apply StatefulSet sabnzbd']);
  });

  test('keeps it when somebody else has opened the pod', async () => {
    const unit = await protectedUnit();
    unit.theirs = undefined;
    unit.state.delete('vpn-gateway.protected');
    unit.container.stopFailure = failure;
    expect(await run(unit, { kind: 'upgrade-charm' }, true)).toBe(`no-relation ${waits}`);
    expect(unit.kube.writes).toEqual([]);
  });

  test('keeps it when the application is removed', async () => {
    const unit = await protectedUnit();
    unit.planned = 0;
    unit.container.stopFailure = failure;
    await remove(unit);
    expect(unit.kube.writes).toEqual([]);
  });

  test('is not taken for stopped when its path is no longer verified, and starts again when it is', async () => {
    const unit = await protectedUnit();
    unit.pod = openPod();
    unit.container.stopFailure = failure;
    expect(await run(unit, checkFailed)).toBe(`unverified ${waits}`);
    expect(unit.kube.writes).toEqual([]);
    unit.container.stopFailure = undefined;
    expect(await run(unit, update)).toMatch(/^unverified waiting: VPN: path not verified, workload stopped/);
    unit.pod = closedPod();
    expect(await run(unit, update)).toBe(on);
  });
});

test('what looks inactive is stopped all the same before the protection goes: Pebble shows it so while it ends', async () => {
  const unit = await protectedUnit();
  unit.planned = 0;
  unit.container.service = 'inactive';
  await remove(unit);
  expect(unit.container.told).toEqual(['sabnzbd']);
});

describe.each<[string, PebbleError]>([
  ['accepts and does not answer', silent],
  ['answers with 500', broke],
])('a Pebble that %s', (_what, failure) => {
  test('is waited for on a verified path', async () => {
    const unit = await protectedUnit();
    unit.container.failure = failure;
    expect(await run(unit, update)).toBe('protected waiting: waiting for the container sabnzbd');
    expect(unit.container.service).toBe('active');
    expect(unit.kube.writes).toEqual([]);
    unit.container.failure = undefined;
    expect(await run(unit, update)).toBe(on);
  });

  test('may still have something that runs when the path is not verified', async () => {
    const unit = new FakeUnit();
    unit.theirs = data();
    unit.container.failure = failure;
    expect(await run(unit, changed)).toBe(`unverified ${waits}`);
    unit.container.failure = undefined;
    expect(await run(unit, update)).toBe('protecting waiting: VPN: closing the pod (1 of 3)');
  });

  test('keeps the protection when the relation or the application is removed', async () => {
    const unit = await protectedUnit();
    unit.theirs = undefined;
    unit.container.failure = failure;
    expect(await run(unit, broken)).toBe(`no-relation ${waits}`);
    unit.planned = 0;
    await remove(unit);
    expect(unit.kube.writes).toEqual([]);
  });

  test('starts nothing before it has taken the check of the path', async () => {
    const unit = await protectedUnit();
    unit.container.service = undefined;
    unit.container.layers = [];
    unit.container.layerFailure = failure;
    expect(await run(unit, update)).toBe('protected waiting: waiting for the container sabnzbd');
    expect(unit.container.service).toBeUndefined();
    unit.container.layerFailure = undefined;
    expect(await run(unit, update)).toBe(on);
  });
});
