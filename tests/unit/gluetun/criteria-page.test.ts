import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { pageRows, titleIn } from '../page-table.js';

const rows = pageRows('docs/reference/criteria.md', '#').map(({ cells, links }) => ({
  number: Number(cells['#']),
  path: links[0] ?? '',
  title: titleIn(cells['test']) ?? '',
  verdict: cells['verdict'] ?? '',
}));
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

test('the page has every criterion once', () => {
  expect(rows.map(({ number }) => number)).toEqual([...range(1, 34), ...range(95, 109)]);
});

test.each(rows)('$number: its test exists, and the verdict says why where it differs', ({ path, title, verdict }) => {
  // A word or two would be found anywhere.
  expect(title.length).toBeGreaterThan(12);
  expect(readFileSync(path, 'utf8')).toContain(title);
  expect(verdict).toMatch(/^(met|differs on purpose: .+)/);
});
