import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { runCli } from '../../../../lib/ops/src/cli/run-cli.js';

const template = fileURLToPath(new URL('../../../../lib/ops/template', import.meta.url));
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'init-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const ops = async (...args: string[]): Promise<{ exitCode: number; out: string; err: string }> => {
  const said = { out: '', err: '' };
  const exitCode = await runCli(args, {
    template,
    cwd: folder,
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
  });
  return { exitCode, ...said };
};
const read = (name: string): Promise<string> => readFile(join(folder, 'radarr-k8s', name), 'utf8');

describe('ops init', () => {
  test('makes a charm with the names and the command that were given', async () => {
    const command = `sh -c "exec '/app/Radarr' -data=/config"`;
    const { exitCode, out } = await ops(
      'init',
      'radarr-k8s',
      '--port',
      '7878',
      '--command',
      command,
      '--image',
      'x/radarr:5',
    );
    expect(exitCode).toBe(0);
    expect(out).toContain('cd radarr-k8s && npm install && npm test');
    const metadata = load(await read('metadata.yaml')) as { readonly containers: object; readonly resources: object };
    expect(metadata).toMatchObject({ name: 'radarr-k8s', 'display-name': 'Radarr' });
    expect(metadata.containers).toHaveProperty('radarr');
    expect(metadata.resources).toMatchObject({ 'radarr-image': { 'upstream-source': 'x/radarr:5' } });
    const layer = await read('src/layer.ts');
    expect(layer).toContain('export const webPort = 7878;');
    expect(layer).toContain(`command: ${JSON.stringify(command)},`);
    expect(await read('src/generated/metadata.ts')).toMatch(/^ {2}name: "radarr-k8s",$/m);
    expect(JSON.parse(await read('package.json'))).toMatchObject({ name: 'radarr-k8s', private: true });
    for (const file of out.split('\n').filter((line) => line.startsWith('radarr-k8s/'))) {
      expect(await read(file.replace('radarr-k8s/', ''))).not.toMatch(/\{\{\w+\}\}/);
    }
  });

  test('does not write over a folder', async () => {
    await ops('init', 'radarr-k8s');
    const there = join(folder, 'radarr-k8s');
    expect(await ops('init', 'radarr-k8s')).toEqual({ exitCode: 2, out: '', err: `ERROR ${there} exists\n` });
  });

  test.each([
    [['init', 'Radarr']],
    [['init', '../elsewhere']],
    [['init', 'radarr-k8s', '--port', 'http']],
    [['init', 'radarr-k8s', '--nonsense']],
    [['init']],
    [[]],
  ])('%j is a mistake, and what is right follows', async (args) => {
    expect(await ops(...args)).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('npx @charm-ts/ops init NAME'),
    });
  });

  test('says how it is used', async () => {
    expect(await ops('--help')).toMatchObject({ exitCode: 0, out: expect.stringContaining('ops gen') });
  });
});

describe('ops gen', () => {
  const ordinary = { 'metadata.yaml': 'name: hello-k8s\n', 'config.yaml': '', 'actions.yaml': '' };

  test.each<[Partial<typeof ordinary>, string]>([
    [{ 'metadata.yaml': '' }, 'metadata.yaml: name: not a text'],
    [{ 'metadata.yaml': 'name: x\nstorage: { data: {} }' }, 'metadata.yaml: storage.data.type: not a text'],
    [{ 'metadata.yaml': '- name' }, 'metadata.yaml: not a mapping'],
    [
      { 'config.yaml': 'options: { x: { type: wrong } }' },
      'config.yaml: options.x.type: wrong is not one of string, secret, int, float, boolean',
    ],
    [{ 'config.yaml': 'options:\n  x: { type: int\n' }, 'config.yaml:3:1: deficient indentation'],
    [{ 'config.yaml': 'a: 1\n---\nb: 2' }, 'config.yaml: expected a single document in the stream, but found more'],
    [{ 'actions.yaml': 'greet: { params: { name: {} } }' }, 'actions.yaml: greet.params.name.type: not a text'],
    [{ 'actions.yaml': 'greet:\n  params: a: b\n' }, 'actions.yaml:2:12: bad indentation of a mapping entry'],
  ])('%j: one line that names the file', async (wrong, said) => {
    for (const [name, text] of Object.entries({ ...ordinary, ...wrong })) await writeFile(join(folder, name), text);
    expect(await ops('gen')).toEqual({ exitCode: 2, out: '', err: `ERROR ${said}\n` });
  });

  test('outside a charm: says what is missing', async () => {
    const err = `ERROR ${folder} is no charm: it has no metadata.yaml\n`;
    expect(await ops('gen')).toEqual({ exitCode: 2, out: '', err });
  });
});
