import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const page = 'docs/reference/defects.md';

interface Row {
  readonly id: string;
  readonly links: readonly string[];
}

const rows: readonly Row[] = readFileSync(page, 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, id, tests] = /^\| ([A-E]\d+) \| [^|]+ \| ([^|]+) \|/.exec(line) ?? [];
    if (id === undefined || tests === undefined) return [];
    return [{ id, links: [...tests.matchAll(/\]\(([^)]+)\)/g)].map((link) => join('docs/reference', link[1] ?? '')) }];
  });

const textOf = (path: string): string =>
  path.endsWith('.ts') || path.endsWith('.sh')
    ? readFileSync(path, 'utf8')
    : readdirSync(path)
        .map((name) => readFileSync(join(path, name), 'utf8'))
        .join('\n');

describe('the page of defects', () => {
  test('has every defect of configuration once', () => {
    const ids = rows.map(({ id }) => id).filter((id) => id.startsWith('D'));
    expect(ids).toEqual(Array.from({ length: 17 }, (_, index) => `D${index + 1}`));
  });

  test('has every defect of life once', () => {
    const ids = rows.map(({ id }) => id).filter((id) => id.startsWith('C'));
    expect(ids).toEqual(Array.from({ length: 26 }, (_, index) => `C${index + 1}`));
  });

  test.each(rows.filter(({ links }) => links.length > 0))('$id: its tests exist', ({ links }) => {
    expect(links.filter((link) => !existsSync(link))).toEqual([]);
  });

  test.each(rows.filter(({ links }) => links.some((link) => /^tests\/(unit|contract)\/gluetun/.test(link))))(
    '$id: a test bears its number',
    ({ id, links }) => {
      expect(links.map(textOf).join('\n')).toMatch(new RegExp(`['"\`](?:[A-E]\\d+, )*${id}[,:]`));
    },
  );
});
