import { HookToolOutputError } from '../errors/hook-tool-output-error.js';
import type { PendingCalls } from '../framework/pending-calls.js';
import { hookToolError } from './error-table.js';
import type { HookToolInvocation, HookTools } from './hook-tools.js';

/** Tools that change nothing; they may run at the same time. Any other one is a write. */
const readers: ReadonlySet<string> = new Set([
  'config-get',
  'is-leader',
  'relation-ids',
  'relation-list',
  'relation-get',
  'relation-model-get',
  'status-get',
  'state-get',
  'secret-get',
  'secret-info-get',
  'secret-ids',
  'opened-ports',
  'network-get',
  'goal-state',
  'action-get',
  'resource-get',
  'storage-get',
  'storage-list',
  'credential-get',
]);

/**
 * The hook tools of one dispatch. Writes happen one at a time in the order of the calls, a read sees every write that was called
 * before it, and reads between two writes run at the same time. A failed tool rejects with a mapped error.
 */
export class HookToolSession {
  readonly #hookTools: HookTools;
  readonly #calls: PendingCalls;
  #lastWrite: Promise<unknown> = Promise.resolve();
  #reads: Promise<unknown>[] = [];

  constructor(hookTools: HookTools, calls: PendingCalls) {
    this.#hookTools = hookTools;
    this.#calls = calls;
  }

  /** Runs a tool and gives its standard output. Throws {@link HookToolError} or one of its children. */
  run(tool: string, args: readonly string[], stdin?: string): Promise<string> {
    const invocation: HookToolInvocation = stdin === undefined ? { tool, args } : { tool, args, stdin };
    const writes = !readers.has(tool);
    const before = writes ? Promise.allSettled([this.#lastWrite, ...this.#reads]) : this.#lastWrite;
    const output = before.then(() => this.#call(invocation));
    const ended = output.then(
      () => undefined,
      () => undefined,
    );
    if (writes) {
      this.#lastWrite = ended;
      this.#reads = [];
    } else {
      this.#reads.push(ended);
    }
    this.#calls.track(tool, writes, ended);
    return output;
  }

  /** Runs a tool that answers with JSON; no output at all counts as `null`. */
  async json(tool: string, args: readonly string[]): Promise<unknown> {
    const output = await this.run(tool, args);
    if (output.trim() === '') return null;
    try {
      const parsed: unknown = JSON.parse(output);
      return parsed;
    } catch (cause) {
      throw new HookToolOutputError(tool, 'JSON', { cause });
    }
  }

  async #call(invocation: HookToolInvocation): Promise<string> {
    const result = await this.#hookTools.run(invocation);
    if (result.exitCode !== 0) throw hookToolError(invocation, result);
    return result.stdout;
  }
}
