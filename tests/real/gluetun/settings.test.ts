import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { controlServerRolesFile, settingsDigest } from '../../../src/workload/settings-files.js';
import { filesFor, rows } from './charm-verdict.js';
import { rowName } from './row.js';
import { type Start, startGluetun } from './run-gluetun.js';
import { serverList } from './server-list.js';
import { readRecord, type RecordedRow, recordPath } from './settings-record.js';

const isRecording = process.env['GLUETUN_RECORD'] === '1';
const binary = process.env['GLUETUN_BIN'] ?? '';
const atOnce = 2;
/** Three minutes on two free cores. */
const patience = 3_600_000;

const roles = controlServerRolesFile('key');
const servers = { path: '/gluetun/servers.json', content: serverList() };
const starts = new Map<string, Start>();

const judgeAll = async (): Promise<void> => {
  const waiting = [...rows];
  const judge = async (): Promise<void> => {
    for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
      starts.set(rowName(row), await startGluetun([...filesFor(row), roles, servers]));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, judge));
};

const record = async (): Promise<void> => {
  const recorded = rows.map((row): readonly [string, RecordedRow] => {
    const start = starts.get(rowName(row));
    if (start === undefined) throw new Error(`${rowName(row)} was not judged`);
    return [rowName(row), { ...start, files: settingsDigest(filesFor(row)) }];
  });
  const sha256 = createHash('sha256')
    .update(await readFile(binary))
    .digest('hex');
  const content = { gluetun: { version: '3.41.3', sha256 }, rows: Object.fromEntries(recorded) };
  await writeFile(recordPath, `${JSON.stringify(content, undefined, 2)}\n`);
};

beforeAll(async () => {
  await judgeAll();
  if (isRecording) await record();
}, patience);

describe('the settings in the eyes of Gluetun', () => {
  test.each(rows.map((row) => [rowName(row), row] as const))('%s', async (name, { anyLine }) => {
    const recorded = (await readRecord()).rows[name];
    const start = starts.get(name);
    expect(start).toEqual({
      verdict: recorded?.verdict,
      exitCode: recorded?.exitCode,
      line: anyLine === true ? start?.line : recorded?.line,
    });
  });

  test('without a server list every choice of servers is refused, so the list of the rows decides', async () => {
    const row = rows.find((each) => rowName(each) === 'mullvad: a country');
    const start = await startGluetun(row === undefined ? [] : filesFor(row));
    expect(start).toMatchObject({ verdict: 'ends', exitCode: 1 });
    expect(start.line).toContain(
      'the country specified is not valid: one or more values is set but there is no possible value available',
    );
  });
});
