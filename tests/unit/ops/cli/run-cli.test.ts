import { mkdtemp, readFile, rm } from 'node:fs/promises';
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
    expect(await ops('init', 'radarr-k8s')).toMatchObject({ exitCode: 2, err: expect.stringContaining('exists') });
  });

  test.each([
    [['init', 'Radarr']],
    [['init', '../elsewhere']],
    [['init', 'radarr-k8s', '--port', 'http']],
    [['init', 'radarr-k8s', '--nonsense']],
    [['init']],
    [['gen']],
    [[]],
  ])('%j is a mistake', async (args) => {
    expect(await ops(...args)).toMatchObject({ exitCode: 2, err: expect.stringContaining('ops init NAME') });
  });

  test('says how it is used', async () => {
    expect(await ops('--help')).toMatchObject({ exitCode: 0, out: expect.stringContaining('ops gen') });
  });
});
