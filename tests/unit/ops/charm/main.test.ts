import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { baseEnvironment } from '../hello-charm.js';

/** A pod with Juju's tools as shell scripts that note how they were called. */
let root = '';
const at = (...path: readonly string[]): string => join(root, ...path);

const tool = async (name: string, answer: string): Promise<void> => {
  const script = `#!/bin/sh\nprintf '%s' "${name}" >> "${at('calls')}"\nprintf ' %s' "$@" >> "${at('calls')}"\necho >> "${at('calls')}"\n${answer}\n`;
  await writeFile(at('tools', name), script);
  await chmod(at('tools', name), 0o755);
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'main-'));
  await mkdir(at('tools'));
  await mkdir(at('var/lib/juju/agents/unit-hello-0/charm'), { recursive: true });
  await tool('config-get', 'echo "{}"');
  await tool('status-get', `echo '{"status":"unknown","message":"","status-data":{}}'`);
  await tool('status-set', ':');
  await tool('juju-log', ':');
  await build({
    entryPoints: ['tests/types/ops/readme-example.ts'],
    outfile: at('charm.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    conditions: ['@charm-ts/source'],
    external: ['@charm-ts/ops/kubernetes'],
    logLevel: 'error',
  });
});

afterAll(() => rm(root, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
  readonly calls: readonly string[];
}

const runCharm = async (
  environment: Readonly<Record<string, string>> = {},
  onStart?: (child: ReturnType<typeof spawn>) => Promise<void>,
): Promise<Ended> => {
  await writeFile(at('calls'), '');
  const charmDir = at('var/lib/juju/agents/unit-hello-0/charm');
  const path = [at('tools'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter);
  const env = { ...baseEnvironment, JUJU_CHARM_DIR: charmDir, PATH: path, ...environment };
  const child = spawn(process.execPath, [at('charm.cjs')], { env, cwd: charmDir, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (part: Buffer) => {
    stderr += part.toString();
  });
  const ended = new Promise<Pick<Ended, 'code' | 'signal'>>((resolve) => {
    child.on('close', (code, signal) => {
      resolve({ code, signal });
    });
  });
  await onStart?.(child);
  const outcome = await ended;
  return { ...outcome, stderr, calls: (await readFile(at('calls'), 'utf8')).split('\n').filter((line) => line !== '') };
};

describe('a charm as a process', () => {
  test('reads, sets its status and exits with 0', async () => {
    expect(await runCharm()).toEqual({
      code: 0,
      signal: null,
      stderr: '',
      calls: [
        'config-get --format=json',
        'status-get --include-data --format=json --application=false',
        'status-set --application=False waiting -- waiting for Pebble',
      ],
    });
  });

  test('exits with 1 and logs why when Juju gives a configuration that it does not know', async () => {
    await tool('config-get', `echo '{"port":"x"}'`);
    const { code, calls, stderr } = await runCharm();
    await tool('config-get', 'echo "{}"');
    expect(code).toBe(1);
    expect(stderr).toBe('');
    expect(calls.join('\n')).toContain(
      'juju-log --log-level ERROR -- hooks/config-changed failed: ConfigTypeError (config-type)',
    );
  });

  test('says on standard error what is missing when nobody takes its log', async () => {
    const { code, stderr } = await runCharm({ PATH: '/nowhere', JUJU_UNIT_NAME: '' });
    expect(code).toBe(1);
    expect(stderr).toContain('JUJU_UNIT_NAME is not set');
  });

  test('dies of SIGTERM, so that Juju queues the hook again', async () => {
    await writeFile(at('hold'), '');
    await tool('config-get', `while [ -e "${at('hold')}" ]; do sleep 0.02; done`);
    const { code, signal } = await runCharm({}, async (child) => {
      // The charm is in mid-hook once its first tool has been called.
      while (!(await readFile(at('calls'), 'utf8')).includes('config-get'))
        await new Promise((next) => setImmediate(next));
      child.kill('SIGTERM');
    });
    await rm(at('hold'));
    await tool('config-get', 'echo "{}"');
    expect({ code, signal }).toEqual({ code: null, signal: 'SIGTERM' });
  });
});
