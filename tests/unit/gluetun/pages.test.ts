import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { pageRows, titleIn } from '../page-table.js';

// Pages of docs/reference and what they are compared with.

describe('actions.md', () => {
  interface Param {
    readonly default?: number;
    readonly minimum?: number;
    readonly maximum?: number;
  }

  const text = readFileSync('docs/reference/actions.md', 'utf8');
  const actions = Object.entries(
    load(readFileSync('actions.yaml', 'utf8')) as Record<string, { readonly params?: Record<string, Param> }>,
  );

  test('the page has the actions of actions.yaml and no others', () => {
    const rows = [...text.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name);
    expect(rows).toEqual(actions.map(([name]) => name));
  });

  test.each(actions)('%s: parameters, bounds and defaults', (name, { params = {} }) => {
    const row = text.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
    const written = row?.split('|')[2]?.trim();
    const wanted = Object.entries(params).map(([param, { default: value, minimum, maximum }]) =>
      minimum === undefined ? `\`${param}\`` : `\`${param}\` (${minimum} to ${maximum}, default ${value})`,
    );
    expect(written).toBe(wanted.length === 0 ? '–' : wanted.join('; '));
  });
});

describe('statuses.md', () => {
  const sourcesIn = (folder: string): string =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
  const sources = sourcesIn('src') + sourcesIn('lib/vpn-gateway/src/cluster');
  const remedies = readFileSync('docs/operate.md', 'utf8');
  const rows = pageRows('docs/reference/statuses.md', 'status').map(({ cells, links }) => ({
    message: /`([^`]+)`/.exec(cells['message'] ?? '')?.[1] ?? '',
    path: links[0] ?? '',
  }));

  test('the page has rows', () => {
    expect(rows.length).toBeGreaterThan(15);
  });

  test.each(rows)('"$message" is in the sources, in the test of its row, and on operate.md', ({ message, path }) => {
    const [start = ''] = message.replace(/^run: /, '').split('…');
    expect(start.length).toBeGreaterThan(2);
    expect(sources).toContain(start.trimEnd());
    expect(readFileSync(path, 'utf8').replaceAll('\\', '')).toContain(start.trimEnd());
    expect(remedies).toContain(start.trimEnd());
  });
});

describe('criteria.md', () => {
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
});

describe('defects.md', () => {
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
