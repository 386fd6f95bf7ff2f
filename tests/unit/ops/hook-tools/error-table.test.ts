import { describe, expect, test } from '@jest/globals';
import {
  HookToolError,
  NotLeaderError,
  type OpsError,
  RelationNotFoundError,
  SecretAccessError,
  SecretNotFoundError,
} from '@charm-ts/ops';
import { errorTable, hookToolError } from '../../../../lib/ops/src/hook-tools/error-table.js';

type ErrorClass = abstract new (...args: never[]) => OpsError;

const rows: readonly [tool: string, stderr: string, expected: ErrorClass, row: number | undefined][] = [
  ['relation-get', 'ERROR relation not found', RelationNotFoundError, 0],
  ['relation-list', 'error: Relation 12 not found', RelationNotFoundError, 0],
  ['network-get', 'ERROR relation 2 not found', RelationNotFoundError, 0],
  ['relation-set', 'ERROR cannot write relation settings', NotLeaderError, 1],
  ['relation-set', 'ERROR this unit is not the leader', NotLeaderError, 1],
  ['relation-get', 'ERROR permission denied', RelationNotFoundError, 2],
  ['relation-list', 'ERROR permission denied', RelationNotFoundError, 2],
  ['relation-set', 'ERROR permission denied', RelationNotFoundError, 2],
  ['secret-add', 'ERROR this unit is not the leader', NotLeaderError, 3],
  ['secret-get', 'ERROR permission denied', SecretAccessError, 4],
  ['secret-get', 'ERROR "gluetun-k8s/0" is not allowed to read this secret', SecretAccessError, 5],
  ['secret-get', 'ERROR secret "d0erdgfmp25c762i8np0" not found', SecretNotFoundError, 6],
  ['secret-info-get', 'ERROR secret "vpn" not found', SecretNotFoundError, 6],
  ['config-get', 'ERROR permission denied', HookToolError, undefined],
  ['status-get', 'ERROR application not found', HookToolError, undefined],
  ['secret-get', 'ERROR connection is shut down', HookToolError, undefined],
];

describe('texts of Juju', () => {
  test.each(rows)('%s: %s', (tool, stderr, expected) => {
    const error = hookToolError({ tool, args: ['x'] }, { exitCode: 1, stdout: '', stderr: `${stderr}\n` });
    expect(error.constructor).toBe(expected);
    expect(error.stderr).toContain(stderr);
    expect(error.message).not.toBe('');
  });

  test('every row of the table is tested here', () => {
    const tested = new Set(rows.map(([, , , row]) => row).filter((row) => row !== undefined));
    expect([...tested].sort()).toEqual([...errorTable.keys()]);
  });

  test.each(rows)('%s: %s is answered by the row that is meant', (tool, stderr, _expected, row) => {
    const found = errorTable.findIndex((candidate) => candidate.tools.test(tool) && candidate.text.test(stderr));
    expect(found).toBe(row ?? -1);
  });
});
