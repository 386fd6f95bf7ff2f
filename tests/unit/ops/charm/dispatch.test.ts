/* eslint-disable @typescript-eslint/require-await -- handlers are async by contract, also where nothing is awaited */
import { describe, expect, test } from '@jest/globals';
import {
  ActiveStatus,
  BlockedStatus,
  EnvironmentError,
  FloatingPromiseError,
  HookToolError,
  WaitingStatus,
} from '@charm-ts/ops';
import { fails } from '../fake-hook-tools.js';
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

describe('failure', () => {
  test('a handler that throws ends with 1 and one ERROR line with code, stack and causes; nothing is written', async () => {
    const { outcome, tools, stderr } = await run(
      charmThat((charm, framework) => {
        framework.reconcile(async () => {
          framework.atCommit(() => charm.unit.setWorkloadVersion('never'));
          framework.state.set('key', 'never');
          charm.unit.addStatus(new ActiveStatus());
          framework.log.info('before');
          await charm.unit.isLeader().catch((cause: unknown) => {
            throw new TypeError('cannot go on', { cause });
          });
        });
      }),
      { 'is-leader': fails('connection is shut down') },
    );
    expect(outcome.exitCode).toBe(1);
    expect(outcome.error).toBeInstanceOf(TypeError);
    expect(tools.writes).toEqual([]);
    expect(tools.log).toHaveLength(2);
    expect(tools.log[0]).toBe('INFO before');
    expect(tools.log[1]).toMatch(/^ERROR hooks\/config-changed failed: TypeError: cannot go on\n\s+at /);
    expect(tools.log[1]).toContain(
      'caused by HookToolError (hook-tool-failed): is-leader exited with 1: connection is shut down',
    );
    expect(stderr).toBe('');
  });

  test('what throws in the constructor is reported the same way', async () => {
    const { outcome, tools } = await run(
      charmThat(() => {
        throw new Error('no');
      }),
    );
    expect(outcome.exitCode).toBe(1);
    expect(tools.log.join()).toContain('Error: no');
  });

  test('a value that is no error is reported too', async () => {
    const { outcome, tools } = await run(
      reconciling(() => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- what a charm should not do
        throw 'a text';
      }),
    );
    expect(outcome).toEqual({ exitCode: 1, error: 'a text' });
    expect(tools.log.join()).toContain('thrown value a text');
  });

  test('a variable that is missing is named', async () => {
    const { outcome, tools } = await run(
      reconciling(async () => undefined),
      {},
      { JUJU_UNIT_NAME: '' },
    );
    expect(outcome.error).toBeInstanceOf(EnvironmentError);
    expect(tools.lines).toEqual([]);
    expect(tools.log.join()).toContain('JUJU_UNIT_NAME is not set');
  });

  test('never rejects, even when nothing of Juju works', async () => {
    const { outcome, stderr } = await run(
      reconciling(async () => undefined),
      {
        'config-get': () => {
          throw new Error('gone');
        },
        'juju-log': () => {
          throw new Error('gone');
        },
      },
    );
    expect(outcome.exitCode).toBe(1);
    expect(stderr).toContain('ERROR hooks/config-changed failed: Error: gone');
  });

  test('an effect that throws fails the hook, and later effects do not run', async () => {
    const { outcome, tools } = await run(
      charmThat((charm, framework) => {
        framework.reconcile(async () => {
          framework.atCommit(() => Promise.reject(new Error('forbidden')));
          framework.atCommit(() => charm.unit.setWorkloadVersion('never'));
        });
      }),
    );
    expect(outcome.exitCode).toBe(1);
    expect(tools.writes).toEqual([]);
  });
});

describe('a forgotten await', () => {
  test('of a write is an error that names handler and tool', async () => {
    const { outcome } = await run(
      charmThat((charm, framework) => {
        framework.observe(charm.on.configChanged, async () => {
          void charm.unit.setWorkloadVersion('1');
        });
      }),
    );
    expect(outcome.exitCode).toBe(1);
    expect(outcome.error).toBeInstanceOf(FloatingPromiseError);
    expect(String(outcome.error)).toContain(
      'the handler of config-changed returned while application-version-set was still running',
    );
  });

  test('of a chain whose first step is a read is found as well', async () => {
    const { outcome } = await run(
      reconciling(async (charm) => {
        void (async () => {
          await charm.unit.isLeader();
          await charm.unit.setWorkloadVersion('1');
        })();
      }),
    );
    expect(outcome.error).toBeInstanceOf(FloatingPromiseError);
  });

  test('of a Pebble call is found as well', async () => {
    const { outcome } = await run(
      reconciling(async (charm) => {
        void charm.unit
          .container('hello')
          .replan()
          .catch(() => undefined);
      }),
      {},
      { JUJU_CHARM_DIR: '/no/such/root/var/lib/juju/agents/unit-hello-0/charm' },
    );
    expect(outcome.error).toBeInstanceOf(FloatingPromiseError);
    expect(String(outcome.error)).toContain('hello.replan()');
  });

  test('in an effect is an error too', async () => {
    const { outcome } = await run(
      charmThat((charm, framework) => {
        framework.reconcile(async () => {
          framework.atCommit(async () => {
            void charm.unit.setWorkloadVersion('1');
          });
        });
      }),
    );
    expect(outcome.error).toBeInstanceOf(FloatingPromiseError);
  });

  test('of a read is a warning, as several reads of which one failed leave reads behind', async () => {
    const { outcome, tools } = await run(
      reconciling(async (charm) => {
        await Promise.all([charm.model.secret('secret:d0').content(), charm.app.plannedUnits()]).catch(() => undefined);
      }),
      {
        'secret-get': fails('permission denied'),
        'goal-state': () =>
          new Promise((resolve) =>
            setTimeout(() => {
              resolve({ units: {} });
            }, 20),
          ),
      },
    );
    expect(outcome.exitCode).toBe(0);
    expect(tools.log.join()).toMatch(/^WARNING the handler of reconcile did not wait for goal-state/);
  });
});

describe('status', () => {
  test('the gravest is set, the first of equals', async () => {
    const { tools } = await run(
      reconciling(async ({ unit }) => {
        unit.addStatus(new ActiveStatus());
        unit.addStatus(new BlockedStatus('first'));
        unit.addStatus(new WaitingStatus('later'));
        unit.addStatus(new BlockedStatus('second'));
      }),
      { 'status-get': shown('active') },
    );
    expect(tools.writes).toEqual(['status-set --application=False blocked -- first']);
  });

  test('what Juju shows already is not set again', async () => {
    const { tools } = await run(
      reconciling(async ({ unit }) => {
        unit.addStatus(new WaitingStatus('for data'));
      }),
      { 'status-get': shown('waiting', 'for data') },
    );
    expect(tools.writes).toEqual([]);
  });

  test('an empty message is left out of the call', async () => {
    const { tools } = await run(
      reconciling(async ({ unit }) => {
        unit.addStatus(new ActiveStatus());
      }),
      { 'status-get': shown('unknown') },
    );
    expect(tools.writes).toEqual(['status-set --application=False active']);
  });

  test('an effect may add a status and state: both are written after it, and only what changed', async () => {
    const { tools } = await run(
      charmThat((charm, framework) => {
        framework.reconcile(async () => {
          framework.state.set('a', '1');
          charm.unit.addStatus(new ActiveStatus());
          framework.atCommit(async () => {
            framework.state.set('b', '2');
            charm.unit.addStatus(new BlockedStatus('run: juju trust hello --scope=cluster'));
          });
          framework.atCommit(() => charm.unit.setWorkloadVersion('1'));
        });
      }),
      { 'status-get': shown('maintenance') },
    );
    expect(tools.writes).toEqual([
      'status-set --application=False active',
      'state-set --file - < {"a":"1"}',
      'status-set --application=False blocked -- run: juju trust hello --scope=cluster',
      'state-set --file - < {"b":"2"}',
      'application-version-set -- 1',
    ]);
    expect(tools.lines.filter((line) => line.startsWith('status-get'))).toHaveLength(1);
    expect(tools.lines.filter((line) => line.startsWith('state-get'))).toHaveLength(1);
  });

  test('the log is out before an effect that may end the pod', async () => {
    const { tools } = await run(
      charmThat((charm, framework) => {
        framework.reconcile(async () => {
          framework.log.info('patching');
          framework.atCommit(() => charm.unit.setWorkloadVersion('1'));
        });
      }),
    );
    expect(tools.calls.map(({ tool }) => tool)).toEqual(['config-get', 'juju-log', 'application-version-set']);
  });
});

test('hook tool errors reach the handler as errors of their class', async () => {
  const { outcome } = await run(
    reconciling(async (charm) => {
      await charm.app.plannedUnits();
    }),
    { 'goal-state': fails('boom') },
  );
  expect(outcome.error).toBeInstanceOf(HookToolError);
});
