import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { execa } from 'execa';
import { runCli } from '../../../lib/testing/src/cli/run-cli.js';
import { shellCharm } from './shell-charm.js';

const inRepository = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const model = `t${randomBytes(4).toString('hex')}`;
/** The program of the background process: bundled once, inside the repository because it finds its packages there. */
const program = inRepository(`.cache/test/charm-sandbox-${model}.mjs`);
let folder: string;

beforeAll(async () => {
  await build({
    entryPoints: [inRepository('lib/testing/src/cli.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    conditions: ['@charm-ts/source'],
    packages: 'external',
  });
  folder = shellCharm(script);
  writeFileSync(join(folder, 'limit'), '99999999999\n');
});
afterAll(async () => {
  await sandbox('destroy');
  rmSync(folder, { recursive: true });
  rmSync(program);
});

interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function sandbox(...args: readonly string[]): Promise<Finished> {
  let stdout = '';
  let stderr = '';
  const exitCode = await runCli({
    argv: [...args, '--model', model],
    cwd: folder,
    program,
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
  });
  return { exitCode, stdout: stdout.trimEnd(), stderr: stderr.trimEnd() };
}

async function statusBecomes(pattern: RegExp): Promise<string> {
  for (;;) {
    const { stdout } = await sandbox('status');
    if (pattern.test(stdout)) return stdout;
    await wait(50);
  }
}

/** Waits for nothing but what it is told to, so that it can be fuzzed. */
const script = [
  'case "$JUJU_DISPATCH_PATH" in',
  'hooks/config-changed)',
  '  port=$(config-get port)',
  '  echo "checking $port" >&2',
  '  [ "$port" -lt "$(cat "$CHARM_DIR/limit")" ]',
  '  status-set active -- "port $port";;',
  'actions/greet) action-set text="hello $(action-get who)";;',
  'esac',
  '',
].join('\n');

describe('charm-sandbox', () => {
  test('runs in the repository without a build', async () => {
    const { stdout } = await execa(process.execPath, [inRepository('lib/testing/bin/charm-sandbox.mjs'), 'help']);
    expect(stdout).toContain('remove-application');
  }, 20_000);

  test('explains itself', async () => {
    expect((await sandbox('help')).stdout).toContain('remove-application');
    expect((await sandbox('deploy', '--help')).stdout).toContain('--trust');
  });

  test('says what to do when there is no model', async () => {
    expect(await sandbox('status')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `ERROR no model "${model}" is running; start one with: charm-sandbox deploy <charm folder> --model ${model}`,
    });
  });

  test('refuses what it does not know', async () => {
    expect((await sandbox('nonsense')).stderr).toBe('ERROR unknown command "nonsense"; charm-sandbox help lists them');
    expect((await sandbox('integrate', 'a')).exitCode).toBe(2);
    expect((await sandbox('status', '--nope')).stderr).toBe('ERROR unknown option --nope');
  });

  test('runs a packed charm in the background from deploy to destroy', async () => {
    expect((await sandbox('deploy', '.', 'app', '--trust', '--config', 'port=81')).exitCode).toBe(0);
    const table = await statusBecomes(/app\/0\*\s+active\s+idle/);
    expect(table).toMatch(/app\/0\*\s+active\s+idle\s+10\.1\.0\.\d+\s+port 81/);

    expect((await sandbox('config', 'app', 'port=82')).exitCode).toBe(0);
    await statusBecomes(/port 82/);
    expect((await sandbox('config', 'app', 'port=x')).stderr).toBe('ERROR option "port" expected int, got "x"');

    writeFileSync(join(folder, 'key'), 'hidden');
    expect((await sandbox('add-secret', 'vpn', 'private-key#file=key')).stdout).toMatch(/^secret:[0-9a-v]{20}$/);
    expect((await sandbox('grant-secret', 'vpn', 'app')).exitCode).toBe(0);
    expect((await sandbox('run', 'app/0', 'greet', 'who=you')).stdout).toBe('text: hello you');
    expect((await sandbox('rotate-secret', 'app', 'nope')).stderr).toBe('ERROR app owns no secret "nope"');
    for (const command of [
      ['config', 'app', '--reset', 'port'],
      ['revoke-secret', 'vpn', 'app'],
      ['workload', 'app/0', 'app', 'restart'],
      ['network', 'app/0', 'protected'],
      ['network', 'app/0', 'as-is'],
      ['remove-secret', 'vpn'],
    ]) {
      expect([command, await sandbox(...command)]).toEqual([command, { exitCode: 0, stdout: '', stderr: '' }]);
    }
    await statusBecomes(/port 80$/m);
    expect((await sandbox('workload', 'app/0', 'app', 'kill', 'app')).stderr).toBe(
      'ERROR service "app" does not run in app of app/0',
    );
    expect((await sandbox('workload', 'app/0', 'nope', 'up')).stderr).toBe(
      'ERROR pod app-0 has no container "nope" (it has app)',
    );
    expect((await sandbox('objects', 'statefulset')).stdout).toMatch(/StatefulSet\s+t[0-9a-f]{8}\s+app/);
    expect((await sandbox('show-unit', 'app/0')).stdout).toContain('verdict: no sidecar');
    const json: unknown = JSON.parse((await sandbox('status', '--format', 'json')).stdout);
    expect(json).toMatchObject({ applications: { app: { 'application-status': { current: 'active' } } } });

    expect((await sandbox('remove-application', 'app')).exitCode).toBe(0);
    await statusBecomes(/^(?![^]*app\/0)/);
    expect((await sandbox('destroy')).stdout).toBe(`Destroyed model "${model}"`);
    await modelIsGone();
  }, 60_000);
});

test('charm-sandbox fuzz plays with copies of the model, and finds what ends a hook', async () => {
  expect((await sandbox('fuzz', '--help')).stdout).toMatch(/^Usage: charm-sandbox fuzz \[--seed N\] \[--steps N\]/);
  expect((await sandbox('fuzz', '--steps', 'many')).stderr).toBe('ERROR --steps: "many" is not a whole number');
  expect((await sandbox('deploy', '.', 'app', '--trust')).exitCode).toBe(0);
  const before = await statusBecomes(/app\/0\*\s+active\s+idle/);
  const sound = await sandbox('fuzz', '--seed', '7', '--steps', '8');
  expect(sound).toMatchObject({ exitCode: 0, stdout: '8 steps, 0 violations' });
  expect(await sandbox('fuzz', '--time-limit', '0')).toMatchObject({
    exitCode: 0,
    stdout: '0 steps, 0 violations (of 200: the 0 s of --time-limit are over)',
  });
  expect((await sandbox('status')).stdout).toBe(before);

  writeFileSync(join(folder, 'limit'), '60000\n');
  const { exitCode, stdout } = await sandbox('fuzz', '--seed', '7', '--steps', '200');
  expect(exitCode).toBe(1);
  const [headline = '', , ...rest] = stdout.split('\n');
  expect(headline).toMatch(/^VIOLATION seed 7, step \d+: app\/\d config-changed: exit code 1$/);
  expect(rest.join('\n')).toMatch(/charm-sandbox config app port=(65535|65536|2147483648)\n/);
  expect(rest.join('\n')).toMatch(/\nThe log of app\/\d config-changed:\n {2}WARNING checking \d+\n/);
  expect(rest.at(-1)).toMatch(/^\d+ steps, 1 violation$/);
  expect((await sandbox('destroy')).exitCode).toBe(0);
  await modelIsGone();
}, 120_000);

async function modelIsGone(): Promise<void> {
  for (;;) {
    if ((await sandbox('status')).exitCode === 1) return;
    await wait(50);
  }
}
