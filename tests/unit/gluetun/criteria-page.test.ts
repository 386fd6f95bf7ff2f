import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const folder = 'docs/reference';
const rows = readFileSync(join(folder, 'criteria.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, number, path, title, verdict] =
      /^\|\s*(\d+)\s*\|[^|]+\| \[[^\]]+\]\(([^)]+)\), [*_](.+)[*_]\s*\|\s*([^|]+?)\s*\|$/.exec(line) ?? [];
    if (number === undefined || path === undefined || title === undefined || verdict === undefined) return [];
    return [{ number: Number(number), path: join(folder, path), title, verdict }];
  });
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

test('the page has every criterion once', () => {
  expect(rows.map(({ number }) => number)).toEqual([...range(1, 34), ...range(95, 109)]);
});

test.each(rows)('$number: its test exists, and the verdict says why where it differs', ({ path, title, verdict }) => {
  expect(readFileSync(path, 'utf8')).toContain(title);
  expect(verdict).toMatch(/^(met|differs on purpose: .+)/);
});
