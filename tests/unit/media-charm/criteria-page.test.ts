import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const folder = 'docs/reference';
const rows = readFileSync(join(folder, 'client-criteria.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, number, tests = '', verdict = ''] = /^\| (\d+) \|[^|]+\|([^|]+)\|([^|]+)\|$/.exec(line) ?? [];
    return number === undefined ? [] : [{ number: Number(number), tests, verdict: verdict.trim() }];
  });

test('the page has every criterion once', () => {
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
  expect(rows.map(({ number }) => number)).toEqual([...range(84, 94), ...range(112, 114)]);
});

test.each(rows)('$number: its tests exist, and the verdict says why where it differs', ({ tests, verdict }) => {
  const named = [...tests.matchAll(/\[[^\]]+\]\((?<path>[^)]+)\), \*(?<title>[^*]+)\*/g)];
  expect(named.length).toBeGreaterThan(0);
  for (const { groups } of named) {
    expect(readFileSync(join(folder, groups?.['path'] ?? ''), 'utf8')).toContain(groups?.['title']);
  }
  expect(verdict).toMatch(/^(met|differs on purpose: .+)/);
});
