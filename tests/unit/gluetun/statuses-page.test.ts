import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { pageRows } from '../page-table.js';

const sourcesIn = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
const sources = sourcesIn('src') + sourcesIn('lib/vpn-gateway/src/cluster');
const rows = pageRows('docs/reference/statuses.md', 'status').map(({ cells, links }) => ({
  message: /`([^`]+)`/.exec(cells['message'] ?? '')?.[1] ?? '',
  path: links[0] ?? '',
}));

test('the page has rows', () => {
  expect(rows.length).toBeGreaterThan(15);
});

test.each(rows)('"$message" is in the sources, and in the test that reaches it', ({ message, path }) => {
  const [start = ''] = message.replace(/^run: /, '').split('…');
  expect(start.length).toBeGreaterThan(2);
  expect(sources).toContain(start.trimEnd());
  expect(readFileSync(path, 'utf8').replaceAll('\\', '')).toContain(start.trimEnd());
});
