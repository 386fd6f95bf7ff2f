import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const page = 'docs/vpn-gateway/defects.md';
const text = readFileSync(page, 'utf8');
const rows = [...text.matchAll(/^\| ([ABC]\d+) \| [^|]* \| ([^|]*) \| ([^|]*) \|$/gm)].map(
  ([, id = '', link = '', how = '']) => ({ id, path: /\]\(([^)]*)\)/.exec(link)?.[1], how }),
);

/** Titles of tests and groups in a file. */
const titlesOf = (path: string): string =>
  [...readFileSync(path, 'utf8').matchAll(/'((?:[ABC]\d+(?:, )?)+(?:, [A-Z]\d+)?): /g)]
    .map(([, ids]) => ids)
    .join(', ');

describe('the list of defects', () => {
  test('has every number once', () => {
    const numbers = (letter: string, last: number) =>
      Array.from({ length: last }, (_, index) => `${letter}${index + 1}`);
    expect(rows.map(({ id }) => id)).toEqual([...numbers('A', 23), ...numbers('B', 20), ...numbers('C', 26)]);
  });

  test.each(rows)('$id says how it is closed, and its test has its number', ({ id, path, how }) => {
    expect(how.length).toBeGreaterThan(5);
    if (path === undefined) return;
    expect(titlesOf(join('docs/vpn-gateway', path)).split(', ')).toContain(id);
  });

  test('links to files that exist', () => {
    for (const [, path = ''] of text.matchAll(/\]\(([^)]*)\)/g)) {
      expect([path, existsSync(join('docs/vpn-gateway', path))]).toEqual([path, true]);
    }
  });
});
