/* eslint-disable @typescript-eslint/require-await -- handlers are async by contract, also where nothing is awaited */
import { describe, expect, test } from '@jest/globals';
import { ActionResultError, BlockedStatus } from '@charm-ts/ops';
import { charmThat, run } from '../hello-charm.js';

const environment = {
  JUJU_DISPATCH_PATH: 'actions/greet',
  JUJU_ACTION_NAME: 'greet',
  JUJU_ACTION_UUID: '17',
  JUJU_HOOK_NAME: '',
};

describe('an action', () => {
  test('has its parameters, and gives results', async () => {
    const { outcome, tools } = await run(
      charmThat((charm, framework) => {
        framework.observe(charm.on.action('greet'), async (event) => {
          await event.log('one moment');
          await event.setResults({ greeting: `hello ${String(event.params['name'])}`, detail: { id: event.id } });
        });
      }),
      { 'action-get': { name: 'Ada' } },
      environment,
    );
    expect(outcome.exitCode).toBe(0);
    expect(tools.lines.sort()).toEqual([
      'action-get --format=json',
      'action-log -- one moment',
      'action-set greeting=hello Ada detail.id=17',
      'config-get --format=json',
    ]);
  });

  test('is not for the reconciler; its status is collected as for hooks', async () => {
    let reconciled = false;
    const { tools } = await run(
      charmThat((charm, framework) => {
        framework.reconcile(async () => {
          reconciled = true;
        });
        framework.observe(charm.on.action('greet'), async () => {
          charm.unit.addStatus(new BlockedStatus('set motto'));
        });
      }),
      { 'action-get': {}, 'status-get': { status: 'active', message: '' } },
      environment,
    );
    expect(reconciled).toBe(false);
    expect(tools.writes).toEqual(['status-set --application=False blocked -- set motto']);
  });

  test('texts of any length and with any character are arguments that Linux takes', async () => {
    const long = 'é'.repeat(100_000);
    const { outcome, tools } = await run(
      charmThat((charm, framework) => {
        framework.observe(charm.on.action('greet'), async (event) => {
          await event.log(`a\0b${long}`);
          await event.setResults({ long });
          await event.fail(long);
          charm.unit.addStatus(new BlockedStatus(long));
        });
      }),
      { 'action-get': {}, 'status-get': { status: 'active', message: '' } },
      environment,
    );
    expect(outcome.exitCode).toBe(0);
    const written = tools.writes.filter((line) => line.includes('é'));
    expect(written).toHaveLength(4);
    for (const line of written) {
      expect(Buffer.byteLength(line)).toBeLessThan(131_072);
      expect(line).toMatch(/é…$/);
      expect(line).not.toContain('\0');
    }
  });

  test('fail is no exception: what was written is kept', async () => {
    const { outcome, tools } = await run(
      charmThat((charm, framework) => {
        framework.observe(charm.on.action('greet'), async (event) => {
          await event.fail('nobody there');
          framework.state.set('failed', 'yes');
        });
      }),
      { 'action-get': null },
      environment,
    );
    expect(outcome.exitCode).toBe(0);
    expect(tools.writes).toEqual(['action-fail -- nobody there', 'state-set --file - < {"failed":"yes"}']);
  });

  test('that throws tells the one who ran it on standard error', async () => {
    const { outcome, stderr, tools } = await run(
      charmThat((charm, framework) => {
        framework.observe(charm.on.action('greet'), (event) => event.setResults({ Bad: 1 }));
      }),
      { 'action-get': {} },
      environment,
    );
    expect(outcome.exitCode).toBe(1);
    expect(outcome.error).toBeInstanceOf(ActionResultError);
    expect(stderr).toMatch(/^actions\/greet failed: action result "Bad"/);
    expect(tools.log).toHaveLength(1);
  });

  test('that nobody observes fails instead of looking like a success', async () => {
    const { outcome, tools } = await run(
      charmThat(() => undefined),
      { 'action-get': {} },
      environment,
    );
    expect(outcome.exitCode).toBe(0);
    expect(tools.writes).toEqual(['action-fail -- this version of the charm has no action greet']);
  });
});
