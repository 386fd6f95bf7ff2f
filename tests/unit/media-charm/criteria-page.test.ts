import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { pageRows } from '../page-table.js';

const page = 'docs/reference/client-criteria.md';
const rows = pageRows(page, '#').map(({ cells }) => ({
  number: Number(cells['#']),
  tests: cells['test'] ?? '',
  verdict: cells['verdict'] ?? '',
}));

test('the page has every criterion once', () => {
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
  expect(rows.map(({ number }) => number)).toEqual([...range(84, 94), ...range(112, 114)]);
});

test.each(rows)('$number: its tests exist, and the verdict says why where it differs', ({ tests, verdict }) => {
  const named = [...tests.matchAll(/\[[^\]]+\]\((?<path>[^)]+)\), \*(?<title>[^*]+)\*/g)];
  expect(named.length).toBeGreaterThan(0);
  for (const { groups } of named) {
    expect(readFileSync(join(dirname(page), groups?.['path'] ?? ''), 'utf8')).toContain(groups?.['title']);
  }
  expect(verdict).toMatch(/^(met|differs on purpose: .+)/);
});
