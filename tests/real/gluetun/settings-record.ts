import { readFile } from 'node:fs/promises';
import type { Start } from './run-gluetun.js';

/** What Gluetun said to one row. */
export interface RecordedRow extends Start {
  /** Digest of the files that it was started with, as the charm makes it. */
  readonly files: string;
}

export interface SettingsRecord {
  readonly gluetun: { readonly version: string; readonly sha256: string };
  readonly rows: Readonly<Record<string, RecordedRow>>;
}

/** From the root of the repository. */
export const recordPath = 'tests/fixtures/gluetun/settings.json';

/** The verdicts that are in the repository; nothing is checked, the record is ours. */
export const readRecord = async (): Promise<SettingsRecord> =>
  JSON.parse(await readFile(recordPath, 'utf8')) as SettingsRecord;
