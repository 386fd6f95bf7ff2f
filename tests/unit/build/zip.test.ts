import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { deflate, zip } from '../../../lib/ops/src/cli/pack/zip.js';
import { readZip } from './read-zip.js';

const text = (content: string) => Buffer.from(content);

test('keeps names, modes and contents, sorted by name', () => {
  const archive = Buffer.concat(
    zip([
      { name: 'src/b', mode: 0o755, content: text('second') },
      { name: 'a', mode: 0o644, content: deflate(text('first')) },
    ]),
  );
  expect(readZip(archive).map(({ name, mode, content }) => [name, mode, content.toString()])).toEqual([
    ['a', 0o644, 'first'],
    ['src/b', 0o755, 'second'],
  ]);
});

test('is the same for the same files in another order', () => {
  const one = { name: 'a', mode: 0o644, content: text('x') };
  const other = { name: 'b', mode: 0o644, content: text('y') };
  expect(Buffer.concat(zip([other, one])).equals(Buffer.concat(zip([one, other])))).toBe(true);
});

test('is read by another reader, which finds modes and checksums right', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'));
  try {
    const path = join(folder, 'x.zip');
    writeFileSync(path, Buffer.concat(zip([{ name: 'bin/ä', mode: 0o755, content: text('content') }])));
    const script = [
      'import sys, zipfile',
      'archive = zipfile.ZipFile(sys.argv[1])',
      'print(archive.testzip(), [(i.filename, oct(i.external_attr >> 16)) for i in archive.infolist()])',
    ].join('\n');
    expect(execFileSync('python3', ['-c', script, path], { encoding: 'utf8' }).trim()).toBe(
      "None [('bin/ä', '0o100755')]",
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
