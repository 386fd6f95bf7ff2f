import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { optionFaults } from '../../lib/media-charm/src/option-faults.js';
import { pageRows } from './page-table.js';

// docs/operate.md promises every status that can be seen, of the gateway and of its clients.

const texts = pageRows('docs/operate.md', 'status')
  .map(({ cells }) => cells['message'] ?? '')
  .join('\n');

const sourcesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('generated'))
    .map((name) => join(folder, name));

/** What stands between the brackets of each `new …Status(…)`. */
const statusArguments = (source: string): readonly string[] =>
  [...source.matchAll(/new (?:Active|Blocked|Maintenance|Waiting)Status\(/g)].map(({ index, 0: { length } }) => {
    const start = index + length;
    let end = start;
    for (let depth = 1; depth > 0 && end < source.length; end += 1) {
      if (source[end] === '(') depth += 1;
      if (source[end] === ')') depth -= 1;
    }
    return source.slice(start, end - 1);
  });

/** The fixed parts of the strings in an expression: ``path: ${reason}; mend it`` has `path:` and `; mend it`. Single words are not told from values. */
const fixedParts = (expression: string): readonly string[] =>
  [...expression.matchAll(/'([^']*)'|`([^`]*)`/g)]
    .flatMap(([, quoted, template]) => (quoted ?? template ?? '').split(/\$\{[^}]*\}/))
    .map((part) => part.trim())
    .filter((part) => /[a-z]/.test(part) && /[ :]/.test(part));

const sources = ['src', 'charms', 'lib/media-charm/src', 'lib/vpn-gateway/src'].flatMap(sourcesIn);
const parts = sources.flatMap((path) =>
  statusArguments(readFileSync(path, 'utf8'))
    .flatMap(fixedParts)
    .map((part) => ({ part, path })),
);

describe('operate.md', () => {
  test('texts are found in the sources', () => {
    expect(parts.length).toBeGreaterThan(25);
    expect(parts.map(({ part }) => part)).toContain('waiting for the leader to make the credentials');
  });

  test.each(parts)('has "$part" of $path', ({ part }) => {
    expect(texts).toContain(part);
  });

  test.each(
    optionFaults({
      'unsafe-mode': false,
      'extra-peers': '',
      timezone: 'Zürich',
      puid: -1,
      pgid: -1,
      'credentials-rotation': 'hourly',
    }).map((fault) => ({ fault, option: fault.slice(0, fault.indexOf(':') + 1) })),
  )('has what $option can be', ({ fault, option }) => {
    expect(texts).toContain(option);
    expect(texts).toContain(fault.slice(option.length));
  });

  test.each(['sabnzbd', 'qbittorrent', 'prowlarr'])('names the page of %s', (app) => {
    const [, title = ''] = /title: '([^']+)'/.exec(readFileSync(`charms/${app}-k8s/src/${app}.ts`, 'utf8')) ?? [];
    expect(texts).toContain(title);
  });
});
