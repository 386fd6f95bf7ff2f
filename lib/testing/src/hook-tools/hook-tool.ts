import type { FlagSpec, ParsedArguments } from './parse-arguments.js';
import type { HookContext } from './hook-context.js';

/** One command line of a hook tool, as it reaches Juju. */
export interface HookToolInvocation {
  readonly tool: string;
  readonly args: readonly string[];
  readonly stdin?: string;
  /** The directory in which the tool was started, for `key#file=path`. */
  readonly cwd?: string;
}

export interface HookToolResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What one run of a tool has to work with. */
export interface HookToolCall extends ParsedArguments {
  readonly context: HookContext;
  readonly stdin: string;
  readonly cwd: string;
}

/** A hook tool: its flags, and what it prints. */
export interface HookTool {
  readonly flags: FlagSpec;
  /** Exists only while an action runs. */
  readonly actionsOnly?: boolean;
  run(call: HookToolCall): string;
}

/** A run that ends with `ERROR <text>`: exit code 1 for failures, 2 for wrong usage. */
export class HookToolFailure extends Error {
  readonly exitCode: number;

  constructor(exitCode: 1 | 2, message: string) {
    super(message);
    this.name = 'HookToolFailure';
    this.exitCode = exitCode;
  }
}

export const failure = (message: string): HookToolFailure => new HookToolFailure(1, message);
export const misuse = (message: string): HookToolFailure => new HookToolFailure(2, message);
