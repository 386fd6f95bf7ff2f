import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const folder = fileURLToPath(new URL('../../../charms', import.meta.url));
const charms = readdirSync(folder).sort();

interface Source {
  readonly path: string;
  readonly lines: readonly string[];
}

/** The charm's own TypeScript, without what is generated from its YAML files. */
const sourcesOf = (charm: string): readonly Source[] =>
  readdirSync(join(folder, charm, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('generated'))
    .map((path) => ({
      path: join(charm, path),
      lines: readFileSync(join(folder, charm, 'src', path), 'utf8')
        .trimEnd()
        .split('\n'),
    }));

/** Runs of this many lines, without imports, comments and lines that are only brackets. */
const runsOf = ({ lines }: Source, length: number): readonly string[] => {
  const code = lines
    .map((line) => line.trim())
    .filter((line) => !/^(import |export .* from |\/\/|\/?\*)/.test(line) && /\w/.test(line));
  return code.slice(length - 1).map((_, index) => code.slice(index, index + length).join('\n'));
};

test('there are three', () => {
  expect(charms).toEqual(['prowlarr-k8s', 'qbittorrent-k8s', 'sabnzbd-k8s']);
});

describe.each(charms)('%s', (charm) => {
  test('has less than 250 lines of its own, and a charm.ts that fits on a screen', () => {
    const sources = sourcesOf(charm);
    expect(sources.reduce((sum, { lines }) => sum + lines.length, 0)).toBeLessThan(250);
    const main = sources.find(({ path }) => path.endsWith('/charm.ts'));
    expect(main?.lines.length).toBeLessThan(50);
  });

  test('has no four lines of code that another one has too', () => {
    const others = charms.filter((name) => name !== charm).flatMap(sourcesOf);
    const theirs = new Set(others.flatMap((source) => runsOf(source, 4)));
    const twice = sourcesOf(charm).flatMap((source) => runsOf(source, 4).filter((run) => theirs.has(run)));
    expect(twice).toEqual([]);
  });

  test('has the same options as the others, in the same words but for the name', () => {
    const generic = (name: string): string =>
      readFileSync(join(folder, name, 'config.yaml'), 'utf8').replaceAll(/SABnzbd|qBittorrent|Prowlarr/g, 'App');
    expect(generic(charm)).toBe(generic('sabnzbd-k8s'));
  });
});
