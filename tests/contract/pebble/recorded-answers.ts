import { readFileSync, writeFileSync } from 'node:fs';
import type { WireAnswers } from './wire-answers.js';

const folder = 'tests/fixtures/pebble';

/** What a real Pebble answered when `tests/real/pebble/run --record` was run last. */
export function recordedAnswers(group: string): WireAnswers {
  return JSON.parse(readFileSync(`${folder}/${group}.json`, 'utf8')) as WireAnswers;
}

export function recordAnswers(group: string, answers: WireAnswers): void {
  writeFileSync(`${folder}/${group}.json`, `${JSON.stringify(answers, undefined, 2)}\n`);
}
