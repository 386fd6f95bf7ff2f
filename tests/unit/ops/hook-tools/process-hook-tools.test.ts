import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { HookToolStartError, ProcessHookTools } from '@charm-ts/ops';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hook-tools-'));
  const tool = async (name: string, script: string): Promise<void> => {
    await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, name), 0o755);
  };
  await tool('echo-args', 'for a in "$@"; do printf "[%s]" "$a"; done; printf %s "$JUJU_CONTEXT_ID" >&2');
  await tool('relation-set', 'cat');
  await tool('fails', 'echo "ERROR relation not found" >&2; exit 1');
  await tool('ignores-input', 'exec 0<&-; exit 0');
  await tool('dies', 'kill -9 $$');
  await tool('large', 'head -c 3000000 /dev/zero | tr "\\0" x');
  await writeFile(join(folder, 'not-executable'), '#!/bin/sh\n');
});

afterAll(() => rm(folder, { recursive: true }));

const tools = (): ProcessHookTools =>
  new ProcessHookTools({ PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`, JUJU_CONTEXT_ID: 'hello/0-x' });

describe('ProcessHookTools', () => {
  test('passes arguments as they are, and the environment', async () => {
    const args = ['--', 'a b', '$HOME', 'ü*', ''];
    expect(await tools().run({ tool: 'echo-args', args })).toEqual({
      exitCode: 0,
      stdout: '[--][a b][$HOME][ü*][]',
      stderr: 'hello/0-x',
    });
  });

  test('passes standard input of any size, in UTF-8', async () => {
    const stdin = JSON.stringify({ config: 'ü'.repeat(200_000) });
    expect((await tools().run({ tool: 'relation-set', args: ['--file', '-'], stdin })).stdout).toBe(stdin);
  });

  test('without standard input a tool that reads it sees its end', async () => {
    expect(await tools().run({ tool: 'relation-set', args: [] })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  test('a tool that does not read its input is no failure', async () => {
    const stdin = 'x'.repeat(1_000_000);
    expect((await tools().run({ tool: 'ignores-input', args: [], stdin })).exitCode).toBe(0);
  });

  test('a non-zero exit code is a result', async () => {
    expect(await tools().run({ tool: 'fails', args: [] })).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'ERROR relation not found\n',
    });
  });

  test('a tool that is killed has the exit code of a shell, and says so', async () => {
    const { exitCode, stderr } = await tools().run({ tool: 'dies', args: [] });
    expect(exitCode).toBe(137);
    expect(stderr).toContain('killed by SIGKILL');
  });

  test('takes an output of megabytes', async () => {
    expect((await tools().run({ tool: 'large', args: [] })).stdout).toHaveLength(3_000_000);
  });

  test.each([
    ['no-such-tool', 'none on the PATH'],
    ['not-executable', 'not executable'],
  ])('%s: %s', async (tool, reason) => {
    const call = tools().run({ tool, args: [] });
    await expect(call).rejects.toBeInstanceOf(HookToolStartError);
    await expect(call).rejects.toThrow(`cannot run the hook tool ${tool}`);
    await expect(call).rejects.toThrow(reason);
  });

  test('an argument that Linux does not take is told from a missing tool', async () => {
    const call = tools().run({ tool: 'echo-args', args: ['x'.repeat(131_072)] });
    await expect(call).rejects.toBeInstanceOf(HookToolStartError);
    await expect(call).rejects.toThrow('too long');
  });

  test('an argument with a NUL is an error and not a crash', async () => {
    await expect(tools().run({ tool: 'echo-args', args: ['a\0b'] })).rejects.toBeInstanceOf(HookToolStartError);
  });
});
