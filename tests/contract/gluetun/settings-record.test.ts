import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { providerSource } from '../../../src/configuration/providers.js';
import { settingsDigest } from '../../../src/workload/settings-files.js';
import { charmVerdict, filesFor, rows } from '../../real/gluetun/charm-verdict.js';
import { type Row, rowName } from '../../real/gluetun/row.js';
import { readRecord, type SettingsRecord } from '../../real/gluetun/settings-record.js';

let record: SettingsRecord;

beforeAll(async () => {
  record = await readRecord();
});

const judged = (row: Row) => {
  const recorded = record.rows[rowName(row)];
  return { charm: charmVerdict(row), gluetun: recorded?.verdict, line: recorded?.line ?? 'is not in the record' };
};
const accepts = (row: Row): boolean => charmVerdict(row) === 'accepts';
const named = (list: readonly Row[]) => list.map(rowName);

// The record is made by `GLUETUN_BIN=… npm run test:real -- gluetun --record`.
describe('the charm and the recorded verdicts of Gluetun', () => {
  test('know the same rows', () => {
    expect(Object.keys(record.rows)).toEqual(named(rows));
  });

  test('are of the version whose image the charm asks for', () => {
    const [, pinned] = /gluetun:v([\d.]+)$/m.exec(readFileSync('metadata.yaml', 'utf8')) ?? [];
    expect([record.gluetun.version, providerSource.gluetun]).toEqual([pinned, pinned]);
  });

  test('D5: what the charm accepts is accepted by Gluetun', () => {
    const wrong = rows.filter((row) => accepts(row) && row.unknowable === undefined);
    expect(
      wrong.map((row) => ({ row: rowName(row), ...judged(row) })).filter(({ gluetun }) => gluetun !== 'goes on'),
    ).toEqual([]);
  });

  test('D4: what the charm refuses is refused by Gluetun, or named as stricter', () => {
    const refused = rows.filter((row) => !accepts(row) && row.stricter === undefined);
    expect(
      refused.map((row) => ({ row: rowName(row), ...judged(row) })).filter(({ gluetun }) => gluetun !== 'ends'),
    ).toEqual([]);
  });

  test('differ in nothing but what is named', () => {
    const stricter = rows.filter(({ stricter: reason }) => reason !== undefined);
    const unknowable = rows.filter(({ unknowable: reason }) => reason !== undefined);
    expect(named(stricter.filter((row) => accepts(row) || judged(row).gluetun !== 'goes on'))).toEqual([]);
    expect(named(unknowable.filter((row) => !accepts(row) || judged(row).gluetun !== 'ends'))).toEqual([]);
  });

  test('were made from the files that the charm makes today', () => {
    const others = rows.filter((row) => record.rows[rowName(row)]?.files !== settingsDigest(filesFor(row)));
    expect(named(others)).toEqual([]);
  });

  test('refusals name the option', () => {
    const unnamed = rows.filter((row) => !accepts(row) && !/^refuses: (set )?[a-z0-9-]+/.test(charmVerdict(row)));
    expect(named(unnamed)).toEqual([]);
  });
});
