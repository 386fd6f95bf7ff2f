import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { packingFaults } from '../../../../lib/ops/src/cli/pack/packing-faults.js';
import { runCli } from '../../../../lib/ops/src/cli/run-cli.js';
import { readZip } from '../../build/read-zip.js';

let project: string;
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'pack-'));
});
afterEach(() => rm(project, { recursive: true }));

const metadata = `
name: hello-k8s
summary: Hello.
description: Says hello.
containers: { hello: { resource: hello-image } }
resources: { hello-image: { type: oci-image } }
`;
const files: Readonly<Record<string, string>> = {
  'metadata.yaml': metadata,
  'config.yaml': 'options: { word: { type: string } }\n',
  dispatch: '#!/bin/sh\nexec ./bin/node ./src/charm.cjs\n',
  'src/charm.cjs': 'charm();\n',
};
const executable = ['dispatch', 'src/charm.cjs'];

const build = async (): Promise<void> => {
  await writeFile(join(project, 'charmcraft.yaml'), 'base: ubuntu@24.04\nplatforms: { amd64: }\n');
  await mkdir(join(project, 'dist', 'src'), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    const path = join(project, 'dist', name);
    await writeFile(path, text);
    await chmod(path, executable.includes(name) ? 0o700 : 0o600);
  }
};
const pack = async (): Promise<{ readonly exitCode: number; readonly out: string; readonly err: string }> => {
  const said = { out: '', err: '' };
  const exitCode = await runCli(['pack'], {
    template: '',
    cwd: project,
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
  });
  return { exitCode, ...said };
};

describe('ops pack', () => {
  test('makes an archive of the built charm, with modes for everybody and a manifest', async () => {
    await build();
    expect(await pack()).toMatchObject({ exitCode: 0, out: 'hello-k8s_ubuntu@24.04-amd64.charm\n' });
    const entries = readZip(await readFile(join(project, 'hello-k8s_ubuntu@24.04-amd64.charm')));
    expect(entries.map(({ name, mode }) => [name, mode])).toEqual([
      ['config.yaml', 0o644],
      ['dispatch', 0o755],
      ['manifest.yaml', 0o644],
      ['metadata.yaml', 0o644],
      ['src/charm.cjs', 0o755],
    ]);
    expect(packingFaults(entries)).toEqual([]);
  });

  test('refuses what Juju would refuse, and says so', async () => {
    await build();
    await rm(join(project, 'dist', 'dispatch'));
    expect(await pack()).toEqual({ exitCode: 2, out: '', err: 'ERROR there is no dispatch\n' });
  });

  test.each([
    [
      'charmcraft.yaml',
      'platforms: { amd64: }\n',
      'charmcraft.yaml: needs a base such as ubuntu@24.04 and one platform',
    ],
    ['charmcraft.yaml', '', 'charmcraft.yaml: needs a base such as ubuntu@24.04 and one platform'],
    ['charmcraft.yaml', 'base: [', 'charmcraft.yaml:1:8: unexpected end of the stream within a flow collection'],
    ['dist/metadata.yaml', `${metadata}peers: [db]\nname: again\n`, 'metadata.yaml:8:1: duplicated mapping key'],
    ['dist/config.yaml', 'options: a: b', 'config.yaml:1:11: bad indentation of a mapping entry'],
  ])('a %s of %j: one line that names the file', async (name, text, said) => {
    await build();
    await writeFile(join(project, name), text);
    expect(await pack()).toEqual({ exitCode: 2, out: '', err: `ERROR ${said}\n` });
  });

  test.each([
    ['dist', 'build the charm first'],
    ['charmcraft.yaml', 'charmcraft.yaml is missing'],
  ])('without %s says what is missing', async (missing, said) => {
    await build();
    await rm(join(project, missing), { recursive: true });
    const { exitCode, err } = await pack();
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^ERROR .*\n$/);
    expect(err).toContain(said);
  });
});

describe('packing faults', () => {
  const good = [
    ...Object.entries(files).map(([name, text]) => ({
      name,
      mode: executable.includes(name) ? 0o755 : 0o644,
      content: Buffer.from(text),
    })),
    { name: 'manifest.yaml', mode: 0o644, content: Buffer.from('bases: [{ name: ubuntu, channel: "24.04" }]') },
  ];
  const changed = (name: string, change: { readonly text?: string; readonly mode?: number; readonly name?: string }) =>
    good.map((file) =>
      file.name !== name
        ? file
        : {
            name: change.name ?? name,
            mode: change.mode ?? file.mode,
            content: change.text === undefined ? file.content : Buffer.from(change.text),
          },
    );

  test.each([
    ['a name with ./', changed('config.yaml', { name: './config.yaml' }), './config.yaml: no name for a file'],
    ['no summary', changed('metadata.yaml', { text: 'name: a\ndescription: b' }), 'metadata.yaml: no summary'],
    ['series', changed('metadata.yaml', { text: `${metadata}series: [x]` }), 'metadata.yaml: series and containers'],
    ['no image', changed('metadata.yaml', { text: metadata.replace('oci-image', 'file') }), 'container hello has no'],
    [
      'a number as channel',
      changed('manifest.yaml', { text: 'bases: [{ name: ubuntu, channel: 24.04 }]' }),
      'no bases',
    ],
    ['a plain dispatch', changed('dispatch', { mode: 0o644 }), 'dispatch is not executable'],
    ['a plain entry point', changed('src/charm.cjs', { mode: 0o644 }), './src/charm.cjs is no executable file'],
    [
      'words after the entry point',
      changed('dispatch', { text: 'exec ./src/charm.cjs "$@"' }),
      '"$@" is no executable',
    ],
    ['no type', changed('config.yaml', { text: 'options: { word: {} }' }), 'config.yaml: option word has no type'],
  ])('%s', (_what, broken, fault) => {
    expect(packingFaults(good)).toEqual([]);
    expect(packingFaults(broken)).toEqual([expect.stringContaining(fault)]);
  });
});
