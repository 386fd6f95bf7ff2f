import { expect, test } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCodes } from '@charm-ts/ops';

const sources = async (): Promise<string> => {
  const folder = 'lib/ops/src';
  const names = await readdir(folder, { recursive: true });
  const texts = await Promise.all(names.filter((n) => n.endsWith('.ts')).map((n) => readFile(join(folder, n), 'utf8')));
  return texts.join('\n');
};

const unique = (found: Iterable<RegExpMatchArray>): string[] =>
  [...new Set([...found].map((match) => match[1] ?? ''))].sort();

test('the page of errors and the table have the same codes', async () => {
  const page = await readFile('docs/reference/errors.md', 'utf8');
  expect(unique(page.matchAll(/^\| `([a-z-]+)` \|/gm))).toEqual(Object.keys(errorCodes).sort());
});

test('the table has every code that the sources throw, and no other', async () => {
  const text = await sources();
  const own = unique(text.matchAll(/readonly code(?:: string)? = '([a-z-]+)'/g));
  const kubernetes = unique((/type KubeApiErrorCode =([^;]+);/.exec(text)?.[1] ?? '').matchAll(/'([a-z-]+)'/g));
  expect([...own, ...kubernetes].sort()).toEqual(Object.keys(errorCodes).sort());
});

test('the page names every class', async () => {
  const page = await readFile('docs/reference/errors.md', 'utf8');
  const branded = unique((await sources()).matchAll(/brandError\(this, '(\w+)'\)/g));
  const bases = ['OpsError', 'PebbleError'];
  expect(unique(page.matchAll(/\| `(\w+Error)` \|/g))).toEqual(branded.filter((name) => !bases.includes(name)));
});
