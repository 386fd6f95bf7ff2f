import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { PebbleClient, type CheckSpec, type ServiceSpec } from '@charm-ts/ops';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RealClock } from '../../../lib/testing/src/clock/real-clock.js';
import { VirtualClock } from '../../../lib/testing/src/clock/virtual-clock.js';
import {
  PebbleDaemon,
  type PebbleDaemonOptions,
  type ServiceExit,
  type WorkloadSimulation,
} from '../../../lib/testing/src/pebble/index.js';

describe('PebbleDaemon', () => {
  let folder: string;
  let clock: VirtualClock;
  let daemon: PebbleDaemon;
  let client: PebbleClient;
  let events: string[];
  let journal: string[];
  let healthy: boolean;
  let exits: ServiceExit[];
  let starts: string[];

  const workload: WorkloadSimulation = {
    onServiceStart: (name) => {
      starts.push(`${name} at ${clock.now().getTime() - Date.parse('2026-01-01T00:00:00Z')}`);
      return exits.shift();
    },
    exec: () => ({ exitCode: 0 }),
    check: () => (healthy ? { ok: true } : { ok: false, detail: 'ill' }),
  };
  const make = async (options: Partial<PebbleDaemonOptions> = {}): Promise<void> => {
    daemon = new PebbleDaemon({
      socketPath: join(folder, 's'),
      workload,
      clock,
      journal: (kind, detail) => journal.push(`${kind} ${detail}`),
      ...options,
    });
    daemon.subscribe((event) => events.push('check' in event ? `${event.kind} ${event.check}` : event.kind));
    await daemon.start();
    client = new PebbleClient({ socketPath: join(folder, 's') });
  };
  const service: ServiceSpec = { override: 'replace', command: 'x', startup: 'enabled' };
  const check: CheckSpec = { override: 'replace', period: '2s', threshold: 2, http: { url: 'http://127.0.0.1/' } };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pebble-'));
    clock = new VirtualClock();
    events = [];
    journal = [];
    starts = [];
    exits = [];
    healthy = true;
  });

  afterEach(async () => {
    await daemon.stop();
    await rm(folder, { recursive: true });
  });

  test('tells its owner when a check goes down and recovers, once each', async () => {
    await make();
    await client.addLayer({ label: 'a', checks: { vpn: check } });
    healthy = false;
    await clock.advance(3_000);
    expect(events).toEqual(['ready']);
    await clock.advance(10_000);
    expect(daemon.checks).toMatchObject([{ name: 'vpn', status: 'down', failures: 6, threshold: 2 }]);
    healthy = true;
    await clock.advance(60_000);
    expect(events).toEqual(['ready', 'check-failed vpn', 'check-recovered vpn']);
    expect(journal).toEqual(['pebble-layer a', 'pebble-check vpn down: ill', 'pebble-check vpn up']);
  });

  test('a check that a plan no longer has in that form, or that was stopped, is not heard of again', async () => {
    await make();
    healthy = false;
    await client.addLayer({ label: 'a', checks: { vpn: check, other: check } });
    await clock.advance(3_000);
    await client.addLayer({ label: 'a', checks: { vpn: { ...check, period: '1h' } } }, { combine: true });
    await client.stopChecks(['other']);
    await clock.advance(60_000);
    expect(events).toEqual(['ready']);
    expect(daemon.checks.map(({ name, status }) => [name, status])).toEqual([
      ['other', 'inactive'],
      ['vpn', 'up'],
    ]);
  });

  test('a service that ends is restarted after ever longer delays', async () => {
    await make();
    exits = [
      { exitCode: 1, after: 2_000 },
      { exitCode: 1, after: 0 },
      { exitCode: 1, after: 0 },
    ];
    await client.addLayer({ label: 'a', services: { app: service } });
    await client.startServices(['app']);
    expect(daemon.services).toMatchObject([{ current: 'active' }]);
    await clock.advance(2_000);
    expect(daemon.services).toMatchObject([{ current: 'backoff' }]);
    await clock.advance(10_000);
    // Half a second, then one, then two: 2.0 + 0.5, + 1, + 2.
    expect(starts).toHaveLength(4);
    expect(daemon.services).toMatchObject([{ current: 'active', currentSince: '2026-01-01T00:00:05.5Z' }]);
  });

  test.each<['ignore' | 'shutdown', number, string, readonly string[]]>([
    ['ignore', 0, 'inactive', []],
    ['ignore', 1, 'error', []],
    ['shutdown', 1, 'error', ['exit']],
  ])('on exit, %s with code %d leaves it %s', async (action, exitCode, current, then) => {
    await make();
    const spec = { ...service, 'on-success': action, 'on-failure': action };
    await client.addLayer({ label: 'a', services: { app: spec } });
    await client.startServices(['app']);
    daemon.exitService('app', exitCode);
    expect(daemon.services).toMatchObject([{ current }]);
    expect(events).toEqual(['ready', ...then]);
  });

  test('a failed check restarts the services that ask for it', async () => {
    await make();
    healthy = false;
    const spec = { ...service, 'on-check-failure': { vpn: 'restart' } } as const;
    await client.addLayer({ label: 'a', services: { app: spec, other: service }, checks: { vpn: check } });
    await client.autostartServices();
    await clock.advance(10_000);
    expect(starts.filter((start) => start.startsWith('app'))).toHaveLength(2);
    expect(starts.filter((start) => start.startsWith('other'))).toHaveLength(1);
  });

  test('a new container has neither layers nor services nor files but those of image and volumes', async () => {
    await make({ image: { '/etc/app.conf': 'image' }, volumes: new Map([['/data', new Map()]]) });
    await client.addLayer({ label: 'a', services: { app: service }, checks: { vpn: check } });
    await client.autostartServices();
    const { bootId } = await client.systemInfo();
    for (const path of ['/etc/app.conf', '/etc/own.conf', '/data/kept']) await client.files.push(path, 'charm');
    await daemon.restart();
    expect(events).toEqual(['ready', 'ready']);
    expect((await client.systemInfo()).bootId).not.toBe(bootId);
    expect(daemon.plan).toMatchObject({ layers: [], services: {}, checks: {}, yaml: '{}\n' });
    expect([daemon.services, daemon.checks]).toEqual([[], []]);
    expect(daemon.files.read('/etc/app.conf')).toBe('image');
    expect(daemon.files.read('/etc/own.conf')).toBeUndefined();
    expect(daemon.files.read('/data/kept')).toBe('charm');
    await clock.advance(60_000);
    expect(starts).toHaveLength(1);
  });

  test('layers of the image start their services only without hold', async () => {
    const layers = { image: JSON.stringify({ services: { app: service } }) };
    await make({ layers });
    expect(daemon.services).toMatchObject([{ name: 'app', current: 'inactive' }]);
    await daemon.stop();
    await make({ layers, hold: false });
    expect(daemon.services).toMatchObject([{ name: 'app', current: 'active' }]);
  });

  test('shows what was written, with mode and owner, and what was asked', async () => {
    await make({ users: { app: 1000 } });
    const options = { permissions: 0o600, user: 'app', group: 'app', makeDirs: true };
    await client.files.push('/etc/app/secret', 's', options);
    expect(daemon.files.entry('/etc/app/secret')).toMatchObject({
      kind: 'file',
      mode: 0o600,
      userId: 1000,
      groupId: 1000,
    });
    expect(daemon.files.entry('/etc/app')).toMatchObject({ kind: 'directory', mode: 0o755, userId: 1000 });
    expect(daemon.requests).toEqual([{ method: 'POST', path: '/v1/files' }]);
  });

  test('ends at once while clients wait, and leaves no socket behind', async () => {
    await make();
    await client.addLayer({ label: 'a', checks: { vpn: check } });
    const [running] = await client.checks();
    const waiting = client.waitChange(running?.changeId ?? '').catch((error: unknown) => error);
    while (!daemon.requests.some(({ path }) => path.includes('/wait'))) await client.systemInfo();
    await daemon.stop();
    expect(await waiting).toMatchObject({ code: 'pebble-connection' });
    expect(existsSync(join(folder, 's'))).toBe(false);
    expect(daemon.running).toBe(false);
  });

  test('follows the real clock when given one', async () => {
    const real = new RealClock();
    await make({ clock: real });
    healthy = false;
    const failed = new Promise<void>((resolve) => {
      daemon.subscribe(({ kind }) => {
        if (kind === 'check-failed') resolve();
      });
    });
    await client.addLayer({ label: 'a', checks: { vpn: { ...check, period: '50ms' } } });
    await failed;
    expect(daemon.checks).toMatchObject([{ status: 'down' }]);
    real.close();
  });
});
