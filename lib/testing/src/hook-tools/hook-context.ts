import { randomBytes } from 'node:crypto';
import type { Application } from '../model/application.js';
import type { DueHook } from '../model/due-hook.js';
import { type HookEvent, hookName } from '../model/hook-event.js';
import type { JujuModel } from '../model/juju-model.js';
import type { Relation } from '../model/relation.js';
import type { Status } from '../model/status.js';
import type { Unit } from '../model/unit.js';
import { flushChanges } from './flush-changes.js';
import { HookToolFailure, type HookToolInvocation, type HookToolResult, misuse } from './hook-tool.js';
import { parseArguments } from './parse-arguments.js';
import { PendingChanges } from './pending-changes.js';
import { findTool } from './tool-table.js';

/** How a hook's process ended. */
export type HookOutcome =
  | { readonly kind: 'exited'; readonly exitCode: number; readonly error?: unknown }
  | { readonly kind: 'killed'; readonly signal: string };

export interface ActionOutcome {
  readonly id: string;
  readonly status: 'completed' | 'failed';
  readonly message: string;
  readonly results: Readonly<Record<string, string>>;
  readonly log: readonly string[];
}

export interface LogLine {
  readonly level: string;
  readonly message: string;
}

/**
 * One running hook: answers its hook tools, holds back what Juju keeps only after success, and commits at the end.
 * In process it is the charm's `HookTools`; for a child process the agent's socket stands in front of it.
 */
export class HookContext {
  readonly id: string;
  readonly model: JujuModel;
  readonly unit: Unit;
  readonly app: Application;
  readonly event: HookEvent;
  readonly pending = new PendingChanges();
  readonly log: LogLine[] = [];
  /** Every command line that was run, in order. */
  readonly calls: HookToolInvocation[] = [];
  readonly actionResults = new Map<string, string>();
  readonly actionLog: string[] = [];
  actionFailure: string | undefined;
  readonly #due: DueHook;
  readonly #failures: readonly ToolFault[];

  constructor(model: JujuModel, unit: Unit, due: DueHook, faults: readonly ToolFault[] = []) {
    this.model = model;
    this.unit = unit;
    this.app = model.application(unit.app);
    this.event = due.event;
    this.#due = due;
    this.#failures = faults;
    this.id = `${unit.name}-${hookName(due.event)}-${randomBytes(8).toString('hex')}`;
    this.record('hook-start', hookName(due.event));
  }

  get isLeader(): boolean {
    return this.app.leader === this.unit.name;
  }

  /** Never rejects: what goes wrong is in the exit code and on standard error, as with a process. */
  run(invocation: HookToolInvocation): Promise<HookToolResult> {
    return Promise.resolve(this.answer(invocation));
  }

  answer(invocation: HookToolInvocation): HookToolResult {
    this.calls.push(invocation);
    try {
      const fault = this.#failures.find((candidate) => candidate.tool === invocation.tool && candidate.times > 0);
      if (fault !== undefined) {
        fault.times -= 1;
        return { exitCode: fault.exitCode, stdout: '', stderr: fault.stderr };
      }
      return { exitCode: 0, stdout: this.#run(invocation), stderr: '' };
    } catch (error) {
      if (error instanceof HookToolFailure) {
        return { exitCode: error.exitCode, stdout: '', stderr: `ERROR ${error.message}\n` };
      }
      throw error;
    }
  }

  /** Whether a tool called without standard input would read it (`--file -`). */
  wantsStdin({ args }: HookToolInvocation): boolean {
    return args.some((word, index) => word === '--file=-' || (word === '-' && args[index - 1] === '--file'));
  }

  /** Commits or drops what was held back, and tells the agent's memory. */
  finish(outcome: HookOutcome): void {
    const succeeded = outcome.kind === 'exited' && outcome.exitCode === 0;
    const { memory } = this.unit;
    if (succeeded) flushChanges(this);
    if (this.event.kind === 'action') {
      this.#due.commit();
    } else if (succeeded) {
      this.#due.commit();
    } else if (outcome.kind === 'exited') {
      memory.failed = this.event;
    }
    this.record('hook-end', `${hookName(this.event)}: ${describe(outcome)}`);
    this.model.reap();
  }

  /** What `juju run` shows; only after `finish` of an action. */
  actionOutcome(outcome: HookOutcome): ActionOutcome | undefined {
    if (this.event.kind !== 'action') return undefined;
    const exitedWell = outcome.kind === 'exited' && outcome.exitCode === 0;
    const failed = !exitedWell || this.actionFailure !== undefined;
    return {
      id: this.event.id,
      status: failed ? 'failed' : 'completed',
      message: this.actionFailure ?? (exitedWell ? '' : describe(outcome)),
      results: Object.fromEntries(this.actionResults),
      log: [...this.actionLog],
    };
  }

  setStatus(status: Status): void {
    this.unit.status = status;
    this.record('status', status.message === '' ? status.name : `${status.name}: ${status.message}`);
  }

  record(kind: string, detail: string): void {
    this.model.journal.record({ actor: this.unit.name, hook: hookName(this.event), kind, detail });
  }

  /** What the process wrote: the unit's log, and for an action also its results. */
  output(stream: 'stdout' | 'stderr', text: string): void {
    this.log.push({ level: stream === 'stdout' ? 'DEBUG' : 'WARNING', message: text.trimEnd() });
    if (this.event.kind === 'action') this.actionResults.set(stream, (this.actionResults.get(stream) ?? '') + text);
  }

  /** The relation with this id as far as this hook may see it. */
  relation(id: number): Relation | undefined {
    return this.relations().find((relation) => relation.id === id);
  }

  /** Relations that are not over for this unit, by id. */
  relations(): readonly Relation[] {
    return this.model.relationsOf(this.unit.app).filter((relation) => {
      const memory = this.unit.memory.relations.get(relation.id);
      return memory === undefined ? relation.life === 'alive' : !memory.broken;
    });
  }

  #run(invocation: HookToolInvocation): string {
    const tool = findTool(invocation.tool, this.model.jujuVersion);
    if (tool === undefined || (tool.actionsOnly === true && this.event.kind !== 'action')) {
      throw misuse(`bad request: unknown command ${JSON.stringify(invocation.tool)}`);
    }
    return tool.run({
      ...parseArguments(tool.flags, invocation.args),
      context: this,
      stdin: invocation.stdin ?? '',
      cwd: invocation.cwd ?? process.cwd(),
    });
  }
}

/** A fault that a test plants: the next `times` runs of a tool end with this code and text. */
export interface ToolFault {
  readonly tool: string;
  readonly exitCode: number;
  readonly stderr: string;
  times: number;
}

function describe(outcome: HookOutcome): string {
  if (outcome.kind === 'killed') return `killed by ${outcome.signal}, queued again`;
  if (outcome.exitCode === 0) return 'ok';
  const reason = outcome.error instanceof Error ? ` (${outcome.error.message})` : '';
  return `exit code ${outcome.exitCode}${reason}`;
}
