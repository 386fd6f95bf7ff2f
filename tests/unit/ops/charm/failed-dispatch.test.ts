/* eslint-disable @typescript-eslint/require-await -- handlers are async by contract, also where nothing is awaited */
import { describe, expect, test } from '@jest/globals';
import { ActiveStatus, EnvironmentError, HookToolError } from '@charm-ts/ops';
import { fails } from '../fake-hook-tools.js';
import { charmThat, reconciling, run } from '../hello-charm.js';

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

test('hook tool errors reach the handler as errors of their class', async () => {
  const { outcome } = await run(
    reconciling(async (charm) => {
      await charm.app.plannedUnits();
    }),
    { 'goal-state': fails('boom') },
  );
  expect(outcome.error).toBeInstanceOf(HookToolError);
});
