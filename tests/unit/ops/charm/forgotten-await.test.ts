/* eslint-disable @typescript-eslint/require-await -- handlers are async by contract, also where nothing is awaited */
import { describe, expect, test } from '@jest/globals';
import { FloatingPromiseError } from '@charm-ts/ops';
import { fails } from '../fake-hook-tools.js';
import { charmThat, reconciling, run } from '../hello-charm.js';

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
