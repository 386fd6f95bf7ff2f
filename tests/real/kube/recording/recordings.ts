import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Recording } from './sequence.js';

const folder = join('tests', 'fixtures', 'kubernetes');

/** Names of the committed recordings. */
export function committedNames(): readonly string[] {
  return readdirSync(folder).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []));
}

export function readRecording(name: string): Recording {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Recording;
}

export async function writeRecording(recording: Recording): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${recording.name}.json`);
  writeFileSync(file, await format(JSON.stringify(recording), { ...(await resolveConfig(file)), filepath: file }));
}
