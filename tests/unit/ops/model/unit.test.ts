/* eslint-disable @typescript-eslint/require-await -- handlers are async by contract, also where nothing is awaited */
import { describe, expect, test } from '@jest/globals';
import { HookToolOutputError, UnknownNameError } from '@charm-ts/ops';
import { reconcile, reconciling, run } from '../hello-charm.js';

describe('Unit', () => {
  test('knows its name, its application and its model', async () => {
    const { result } = await reconcile(async ({ unit, app, model }) => [unit.name, app.name, model.name, model.uuid]);
    expect(result).toEqual(['hello/0', 'hello', 'media', '6e2f4f2c-5a2b-4e63-8c6e-0d9b1f3a7c11']);
  });

  test('asks for leadership once in a dispatch', async () => {
    const { result, tools } = await reconcile(async ({ unit }) => [await unit.isLeader(), await unit.isLeader()], {
      'is-leader': false,
    });
    expect(result).toEqual([false, false]);
    expect(tools.lines.filter((line) => line.startsWith('is-leader'))).toEqual(['is-leader --format=json']);
  });

  test('opens and closes only the difference of ports', async () => {
    const { tools } = await reconcile(({ unit }) => unit.setPorts(8080, 8443, { port: 4790, protocol: 'udp' }), {
      'opened-ports': ['8080/tcp', '9000/tcp', '8443/udp'],
    });
    expect(tools.lines).toContain('opened-ports --format=json');
    expect(tools.writes).toEqual([
      'close-port 9000/tcp',
      'close-port 8443/udp',
      'open-port 8443/tcp',
      'open-port 4790/udp',
    ]);
  });

  test('without ports closes all; without a difference does nothing', async () => {
    const all = await reconcile(({ unit }) => unit.setPorts(), { 'opened-ports': ['8080/tcp'] });
    expect(all.tools.writes).toEqual(['close-port 8080/tcp']);
    const none = await reconcile(({ unit }) => unit.setPorts(8080), { 'opened-ports': ['8080/tcp'] });
    expect(none.tools.writes).toEqual([]);
  });

  test('shows the version of the workload', async () => {
    const { tools } = await reconcile(({ unit }) => unit.setWorkloadVersion('v3.41.3'));
    expect(tools.writes).toEqual(['application-version-set -- v3.41.3']);
  });

  test('has the containers of the metadata, each once', async () => {
    const { result } = await reconcile(async ({ unit }) => {
      const container = unit.container('side-car');
      return [container.name, container === unit.container('side-car')];
    });
    expect(result).toEqual(['side-car', true]);
    await expect(reconcile(async ({ unit }) => unit.container('other' as 'hello'))).rejects.toBeInstanceOf(
      UnknownNameError,
    );
  });

  test('finds Pebble’s socket under the root', async () => {
    const { outcome } = await run(
      reconciling(async ({ unit }) => {
        await unit.container('hello').plan();
      }),
      {},
      { JUJU_CHARM_DIR: '/no/root/var/lib/juju/agents/unit-hello-0/charm' },
    );
    expect(outcome.error).toMatchObject({ code: 'pebble-connection' });
    expect(String(outcome.error)).toContain('/no/root/charm/containers/hello/pebble.socket');
  });
});

describe('Application', () => {
  test('plans with the units that stay', async () => {
    const { result, tools } = await reconcile(({ app }) => app.plannedUnits(), {
      'goal-state': {
        units: { 'hello/0': { status: 'active' }, 'hello/1': { status: 'dying' }, 'hello/2': { status: 'allocating' } },
        relations: {},
      },
    });
    expect(result).toBe(2);
    expect(tools.lines).toContain('goal-state --format=json');
  });

  test('has none while it is being removed', async () => {
    const { result } = await reconcile(({ app }) => app.plannedUnits(), { 'goal-state': { relations: {} } });
    expect(result).toBe(0);
  });

  test('an answer of another form is an error', async () => {
    await expect(reconcile(({ app }) => app.plannedUnits(), { 'goal-state': [1] })).rejects.toBeInstanceOf(
      HookToolOutputError,
    );
  });
});
