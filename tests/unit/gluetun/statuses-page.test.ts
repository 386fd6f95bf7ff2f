import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join('src', name), 'utf8'))
  .join('\n');
const rows = readFileSync('docs/reference/statuses.md', 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, message, link] =
      /^\| (?:blocked|maintenance|waiting|active) \| `([^`]+)` \| .*\| (.+) \|$/.exec(line) ?? [];
    return message === undefined || link === undefined ? [] : [[message, link] as const];
  });

test('the page has rows', () => {
  expect(rows.length).toBeGreaterThan(10);
});

test.each(rows)('"%s" is in the sources, and in the test that reaches it', (message, link) => {
  const [start = ''] = message.replace(/^run: /, '').split('…');
  expect(sources).toContain(start.trimEnd());
  const [, path = ''] = /\]\((.+)\)/.exec(link) ?? [];
  expect(readFileSync(join('docs/reference', path), 'utf8')).toContain(start.trimEnd());
});
