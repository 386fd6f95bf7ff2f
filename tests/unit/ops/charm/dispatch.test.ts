/* eslint-disable @typescript-eslint/require-await -- handlers are async by contract, also where nothing is awaited */
import { describe, expect, test } from '@jest/globals';
import { ActiveStatus } from '@charm-ts/ops';
import { charmThat, reconciling, relationEnvironment, run } from '../hello-charm.js';

const shown = (status: string, message = ''): object => ({ status, message, 'status-data': {} });

describe('one dispatch', () => {
  test('goes from configuration over handler, status and state to the effects', async () => {
    const { outcome, tools } = await run(
      charmThat((charm, framework) => {
        framework.reconcile(async () => {
          framework.atCommit(async () => {
            await charm.unit.setWorkloadVersion('3');
          });
          framework.state.set('digest', 'abc');
          charm.unit.addStatus(new ActiveStatus('ready'));
          await charm.unit.setWorkloadVersion('2');
          framework.log.info('done');
        });
      }),
      { 'status-get': shown('waiting') },
    );
    expect(outcome).toEqual({ exitCode: 0 });
    expect(tools.lines).toEqual([
      'config-get --format=json',
      'application-version-set -- 2',
      'status-get --include-data --format=json --application=false',
      'status-set --application=False active -- ready',
      'state-get --format=json',
      'state-set --file - < {"digest":"abc"}',
      'application-version-set -- 3',
    ]);
    expect(tools.log).toEqual(['INFO done']);
  });

  test('a charm that does nothing reads the configuration and no more', async () => {
    const { outcome, tools } = await run(reconciling(async () => undefined));
    expect(outcome.exitCode).toBe(0);
    expect(tools.lines).toEqual(['config-get --format=json']);
  });

  test('handlers run one after the other, in the order of their registration', async () => {
    const order: string[] = [];
    await run(
      charmThat((charm, framework) => {
        framework.observe(charm.on.configChanged, async () => {
          await charm.unit.isLeader();
          order.push('first');
        });
        framework.reconcile(async () => {
          order.push('second');
        });
        framework.observe(charm.on.start, async () => {
          order.push('never');
        });
      }),
    );
    expect(order).toEqual(['first', 'second']);
  });

  test.each([
    ['install', true],
    ['update-status', true],
    ['leader-elected', true],
    ['secret-changed', true],
    ['hello-pebble-ready', true],
    ['hello-pebble-check-failed', true],
    ['data-storage-detaching', true],
    ['stop', false],
    ['remove', false],
    ['secret-rotate', false],
    ['secret-expired', false],
    ['secret-remove', false],
  ])('%s reaches the reconciler: %s', async (hook, reaches) => {
    let ran = false;
    const { outcome } = await run(
      reconciling(async () => {
        ran = true;
      }),
      {},
      {
        JUJU_DISPATCH_PATH: `hooks/${hook}`,
        JUJU_SECRET_ID: 'secret:d0',
        JUJU_SECRET_REVISION: '1',
        JUJU_WORKLOAD_NAME: 'hello',
        JUJU_PEBBLE_CHECK_NAME: 'up',
        JUJU_STORAGE_ID: 'data/0',
      },
    );
    expect(outcome.exitCode).toBe(0);
    expect(ran).toBe(reaches);
  });

  test('sources of an endpoint and a container match only their own', async () => {
    const seen: string[] = [];
    const charm = charmThat((hello, framework) => {
      framework.observe(hello.on.relation('vpn-gateway').joined, async ({ remoteUnit }) => {
        seen.push(`joined ${remoteUnit ?? ''}`);
      });
      framework.observe(hello.on.relation('website').joined, async () => {
        seen.push('website');
      });
      framework.observe(hello.on.container('side-car').pebbleReady, async ({ container }) => {
        seen.push(container);
      });
      framework.observe(hello.on.container('hello').pebbleReady, async () => {
        seen.push('hello');
      });
    });
    await run(charm, {}, relationEnvironment('joined', { JUJU_REMOTE_UNIT: 'gluetun/0' }));
    await run(charm, {}, { JUJU_DISPATCH_PATH: 'hooks/side-car-pebble-ready', JUJU_WORKLOAD_NAME: 'side-car' });
    expect(seen).toEqual(['joined gluetun/0', 'side-car']);
  });

  test('a hook that this package does not know is passed over without building the charm', async () => {
    let built = false;
    const { outcome, tools } = await run(
      charmThat(() => {
        built = true;
      }),
      {},
      { JUJU_DISPATCH_PATH: 'hooks/collect-metrics' },
    );
    expect(outcome).toEqual({ exitCode: 0 });
    expect(built).toBe(false);
    expect(tools.log).toEqual(['DEBUG hooks/collect-metrics: this charm has no such event']);
  });
});
