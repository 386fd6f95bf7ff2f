import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { load } from 'js-yaml';

interface Param {
  readonly default?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

const page = readFileSync('docs/reference/actions.md', 'utf8');
const actions = Object.entries(
  load(readFileSync('actions.yaml', 'utf8')) as Record<string, { readonly params?: Record<string, Param> }>,
);

test('the page has the actions of actions.yaml and no others', () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
  expect(rows).toEqual(actions.map(([name]) => name));
});

test.each(actions)('%s: parameters, bounds and defaults', (name, { params = {} }) => {
  const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
  const written = row?.split('|')[2]?.trim();
  const wanted = Object.entries(params).map(([param, { default: value, minimum, maximum }]) =>
    minimum === undefined ? `\`${param}\`` : `\`${param}\` (${minimum} to ${maximum}, default ${value})`,
  );
  expect(written).toBe(wanted.length === 0 ? '–' : wanted.join('; '));
});
