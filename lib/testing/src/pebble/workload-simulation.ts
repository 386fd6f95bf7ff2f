import type { ContainerFiles } from './container-files.js';
import type { PlanView } from './plan/plan-view.js';
import type { CheckConfig } from './plan/sections.js';

/** What a simulated program sees of its container. */
export interface WorkloadContext {
  /** The container's files; writing to them is allowed. */
  readonly files: ContainerFiles;
  readonly plan: PlanView;
  readonly now: Date;
  /** Whether a service of the plan runs. */
  isRunning(service: string): boolean;
}

/** What a command run with `exec` sees on top. */
export interface ExecContext extends WorkloadContext {
  readonly stdin: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDir: string;
  readonly user: string;
}

/** How a command ends. */
export interface ExecOutcome {
  readonly exitCode: number;
  readonly stdout?: string;
  readonly stderr?: string;
  /** Milliseconds that the command needs; no time passes, but more than the request's time-out is one. */
  readonly takes?: number;
}

/** How one run of a check ends; `detail` is what the check's log says. */
export type CheckOutcome = { readonly ok: true } | { readonly ok: false; readonly detail: string };

/** A service that ends by itself: within the first second the start itself has failed, later the clock brings it. */
export interface ServiceExit {
  readonly exitCode: number;
  /** Milliseconds after the start, 0 by default. */
  readonly after?: number;
  /** What it printed before; it ends up in the log of a failed start. */
  readonly output?: string;
}

/**
 * The programs in a container image, reduced to what a charm can see of them.
 *
 * @example
 * ```ts
 * const gluetun: WorkloadSimulation = {
 *   exec: (command) => (command[0] === 'ip' ? { exitCode: 0, stdout: '10.2.0.2 dev tun0' } : { exitCode: 127 }),
 *   check: () => ({ ok: true }),
 * };
 * ```
 */
export interface WorkloadSimulation {
  /** A service was started (or restarted); nothing returned means that it keeps running. */
  onServiceStart?(name: string, context: WorkloadContext): ServiceExit | undefined;
  onServiceStop?(name: string, context: WorkloadContext): void;
  /** Whether an executable exists, true by default; without it Pebble refuses the exec. */
  hasExecutable?(name: string, context: WorkloadContext): boolean;
  exec(command: readonly string[], context: ExecContext): ExecOutcome | Promise<ExecOutcome>;
  /** Runs a health check once. */
  check(name: string, spec: CheckConfig, context: WorkloadContext): CheckOutcome;
}
