import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { pageRows } from '../page-table.js';

const rows = pageRows('docs/reference/defects.md', 'id').map(({ cells, links }) => ({
  id: cells['id'] ?? '',
  here: cells['here'] ?? '',
  links,
}));

const textOf = (path: string): string =>
  /\.(ts|sh|md)$/.test(path)
    ? readFileSync(path, 'utf8')
    : readdirSync(path)
        .map((name) => readFileSync(join(path, name), 'utf8'))
        .join('\n');

describe('the page of defects', () => {
  test.each([
    ['C', 26],
    ['D', 17],
  ])('has every defect with %s once', (letter, last) => {
    const ids = rows.map(({ id }) => id).filter((id) => id.startsWith(letter));
    expect(ids).toEqual(Array.from({ length: last }, (_, index) => `${letter}${index + 1}`));
  });

  test.each(rows)('$id: says why it cannot occur, or its test bears its number', ({ id, here, links }) => {
    expect(links.filter((link) => !existsSync(link))).toEqual([]);
    const tests = links.filter((link) => link.startsWith('tests/'));
    if (tests.length === 0) expect(here).toMatch(/^(cannot occur|by design|pages link|open: .{20})/);
    else expect(tests.map(textOf).join('\n')).toMatch(new RegExp(`['"\`](?:[A-E]\\d+, )*${id}[,:]`));
  });
});
