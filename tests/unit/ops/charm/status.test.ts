/* eslint-disable @typescript-eslint/require-await -- handlers are async by contract, also where nothing is awaited */
import { describe, expect, test } from '@jest/globals';
import { ActiveStatus, BlockedStatus, WaitingStatus } from '@charm-ts/ops';
import { charmThat, reconciling, run } from '../hello-charm.js';

const shown = (status: string, message = ''): object => ({ status, message, 'status-data': {} });

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
