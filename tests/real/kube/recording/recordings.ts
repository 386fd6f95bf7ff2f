import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recording } from './sequence.js';

const folder = join('tests', 'fixtures', 'kubernetes');

/** Names of the committed recordings. */
export function committedNames(): readonly string[] {
  return readdirSync(folder).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -'.json'.length)] : []));
}

export function readRecording(name: string): Recording {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Recording;
}

/** Writes one line for each request and each answer: hundreds of kilobytes smaller than indented, and a diff still names the step. */
export function writeRecording({ name, steps }: Recording): void {
  const lines = steps.map(
    ({ request, response }) => `{"request":${JSON.stringify(request)},\n"response":${JSON.stringify(response)}}`,
  );
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `{"name":${JSON.stringify(name)},"steps":[\n${lines.join(',\n')}\n]}\n`);
}
