import { describe, expect, test } from '@jest/globals';
import {
  HookToolOutputError,
  type HookToolInvocation,
  type HookToolResult,
  RelationNotFoundError,
} from '@charm-ts/ops';
import { PendingCalls } from '../../../../lib/ops/src/framework/pending-calls.js';
import { HookToolSession } from '../../../../lib/ops/src/hook-tools/hook-tool-session.js';

/** Tools that end when the test says so. */
class HeldTools {
  readonly started: string[] = [];
  readonly #waiting = new Map<string, (result: HookToolResult) => void>();

  run({ tool, args }: HookToolInvocation): Promise<HookToolResult> {
    const name = [tool, ...args].join(' ');
    this.started.push(name);
    return new Promise((resolve) => this.#waiting.set(name, resolve));
  }

  async end(name: string, result: Partial<HookToolResult> = {}): Promise<void> {
    this.#waiting.get(name)?.({ exitCode: 0, stdout: '', stderr: '', ...result });
    await turn();
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const session = (): { tools: HeldTools; session: HookToolSession } => {
  const tools = new HeldTools();
  return { tools, session: new HookToolSession(tools, new PendingCalls()) };
};

describe('HookToolSession', () => {
  test('reads run at the same time', async () => {
    const { tools, session: held } = session();
    const reads = [held.run('config-get', []), held.run('is-leader', []), held.run('relation-get', ['-'])];
    await turn();
    expect(tools.started).toEqual(['config-get', 'is-leader', 'relation-get -']);
    for (const name of tools.started) await tools.end(name);
    await Promise.all(reads);
  });

  test('writes keep the order of the calls, also when nobody awaits in between', async () => {
    const { tools, session: held } = session();
    const writes = [held.run('open-port', ['1']), held.run('close-port', ['2']), held.run('open-port', ['3'])];
    await turn();
    expect(tools.started).toEqual(['open-port 1']);
    await tools.end('open-port 1');
    expect(tools.started).toEqual(['open-port 1', 'close-port 2']);
    await tools.end('close-port 2');
    await tools.end('open-port 3');
    await Promise.all(writes);
  });

  test('a read sees the writes before it, a write waits for the reads before it', async () => {
    const { tools, session: held } = session();
    const calls = [held.run('relation-get', ['a']), held.run('relation-set', ['b']), held.run('relation-get', ['c'])];
    await turn();
    expect(tools.started).toEqual(['relation-get a']);
    await tools.end('relation-get a');
    expect(tools.started).toEqual(['relation-get a', 'relation-set b']);
    await tools.end('relation-set b');
    expect(tools.started).toEqual(['relation-get a', 'relation-set b', 'relation-get c']);
    await tools.end('relation-get c');
    await Promise.all(calls);
  });

  test('a failed write holds nothing up', async () => {
    const { tools, session: held } = session();
    const failing = held.run('relation-set', []);
    const next = held.run('open-port', []);
    await turn();
    const failed = expect(failing).rejects.toBeInstanceOf(RelationNotFoundError);
    await tools.end('relation-set', { exitCode: 1, stderr: 'ERROR relation not found' });
    await failed;
    await tools.end('open-port');
    await expect(next).resolves.toBe('');
  });

  test('what is not JSON is an error that names the tool', async () => {
    const { tools, session: held } = session();
    const answer = held.json('goal-state', []);
    await turn();
    const failed = expect(answer).rejects.toThrow('goal-state did not answer with JSON');
    await tools.end('goal-state', { stdout: 'units: {}' });
    await failed;
    await expect(answer).rejects.toBeInstanceOf(HookToolOutputError);
  });
});
