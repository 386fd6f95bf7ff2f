import { isDeepStrictEqual } from 'node:util';
import type { ChangeRecord, Task } from './change-log.js';
import type { DaemonParts } from './daemon-parts.js';
import { actionFor, daemonExitCode, nextDelay } from './exit-rules.js';
import { changeSummary } from './change-summary.js';
import { goTime } from './go-time.js';
import { serviceOrder } from './plan/service-order.js';
import type { ServiceConfig } from './plan/sections.js';
import { Refused } from './refused.js';

/** A service of the plan and what it does. */
export interface ServiceState {
  readonly name: string;
  readonly startup: 'enabled' | 'disabled';
  readonly current: 'active' | 'inactive' | 'backoff' | 'error';
  readonly currentSince?: string;
}

interface Process {
  config: ServiceConfig;
  current: ServiceState['current'];
  since: Date;
  /** The delay of the latest back-off, in milliseconds. */
  delay: number;
  /** Cancels the appointment that would end or restart the process. */
  cancel: () => void;
}

interface QuickExit {
  readonly exitCode: number;
  readonly action: string;
  readonly output: string;
}

/** A process that runs this long has started well. */
const okayDelay = 1_000;

/** Starts, stops and restarts simulated processes. Lanes of independent services are not modelled: tasks run in order. */
export class ServiceManager {
  readonly #parts: DaemonParts;
  readonly #processes = new Map<string, Process>();

  constructor(parts: DaemonParts) {
    this.#parts = parts;
  }

  states(names: readonly string[] = []): readonly ServiceState[] {
    return Object.entries(this.#planned)
      .filter(([name]) => names.length === 0 || names.includes(name))
      .map(([name, { startup }]) => {
        const process = this.#processes.get(name);
        return {
          name,
          startup: startup === 'enabled' ? 'enabled' : 'disabled',
          current: process?.current ?? 'inactive',
          ...(process !== undefined && { currentSince: goTime(process.since) }),
        };
      });
  }

  isRunning(name: string): boolean {
    return this.#processes.get(name)?.current === 'active';
  }

  start(names: readonly string[]): ChangeRecord {
    return this.#perform('start', [], this.#order(names, 'start'), names);
  }

  stop(names: readonly string[]): ChangeRecord {
    return this.#perform('stop', this.#order(names, 'stop'), [], names);
  }

  restart(names: readonly string[]): ChangeRecord {
    const stops = this.#order(names, 'stop').filter((name) => names.includes(name));
    return this.#perform('restart', stops, this.#order(names, 'start'), names);
  }

  autostart(): ChangeRecord | undefined {
    const names = this.#enabled();
    const starts = this.#order(names, 'start');
    return names.length === 0 ? undefined : this.#perform('autostart', [], starts, starts);
  }

  /** A service that was started once and whose configuration changed is started again, even if it had been stopped: that is Pebble's behaviour. */
  replan(): ChangeRecord {
    const changed = [...this.#processes].flatMap(([name, process]) => {
      const config = this.#planned[name];
      if (config === undefined || isDeepStrictEqual(config, process.config)) return [];
      process.config = config;
      return [name];
    });
    const stops = this.#order(changed, 'stop');
    const starts = this.#order([...new Set([...changed, ...this.#enabled()])].sort(), 'start');
    return this.#perform('replan', stops, starts, [...new Set([...stops, ...starts])].sort());
  }

  /** The process of a service has ended by itself. */
  exited(name: string, exitCode: number): void {
    const process = this.#processes.get(name);
    if (process?.current === 'active') this.#act(name, process, actionFor(process.config, exitCode), exitCode);
  }

  checkFailed(check: string): void {
    for (const [name, process] of this.#processes) {
      const action = process.config['on-check-failure']?.[check] ?? 'ignore';
      if (action === 'ignore' || process.current !== 'active') continue;
      this.#parts.workload.onServiceStop?.(name, this.#parts.context());
      this.#act(name, process, action, 1);
    }
  }

  killAll(): void {
    for (const [name, process] of this.#processes) this.#end(name, process);
    this.#processes.clear();
  }

  get #planned(): Readonly<Record<string, ServiceConfig>> {
    return this.#parts.plan.sections.services;
  }

  #order(names: readonly string[], direction: 'start' | 'stop'): readonly string[] {
    return serviceOrder(this.#planned, names, direction);
  }

  #enabled(): readonly string[] {
    return Object.entries(this.#planned).flatMap(([name, { startup }]) => (startup === 'enabled' ? [name] : []));
  }

  #perform(kind: string, stops: readonly string[], starts: readonly string[], named: readonly string[]): ChangeRecord {
    const summary = changeSummary(kind, named, starts.length > 0 ? starts : stops);
    const change = this.#parts.changes.add(
      kind,
      summary,
      [
        ...stops.map((name) => ({ kind: 'stop', summary: `Stop service "${name}"` })),
        ...starts.map((name) => ({ kind: 'start', summary: `Start service "${name}"` })),
      ],
      named,
    );
    const steps = [
      ...stops.map((name) => (task: Task) => {
        this.#stopOne(name, task);
      }),
      ...starts.map((name) => (task: Task) => {
        this.#startOne(name, task);
      }),
    ];
    change.tasks.forEach((task, index) => {
      const failed = change.tasks.some(({ status }) => status === 'Error');
      if (failed) this.#parts.changes.end(task, 'Hold');
      else steps[index]?.(task);
    });
    return change;
  }

  #startOne(name: string, task: Task): void {
    const config = this.#planned[name];
    if (config === undefined) throw new Refused(`service "${name}" does not exist`);
    const present = this.#processes.get(name);
    if (present?.current === 'active') {
      present.config = config;
      this.#parts.changes.log(task, 'INFO', `Service "${name}" already started.`);
      this.#parts.changes.end(task, 'Done');
      return;
    }
    present?.cancel();
    const process = {
      config,
      current: 'inactive' as const,
      since: this.#parts.agenda.now(),
      delay: 0,
      cancel: nothingToCancel,
    };
    this.#processes.set(name, process);
    const exit = this.#launch(name, process);
    if (exit !== undefined) {
      const output = exit.output.trimEnd().replaceAll('\n', '\n    ');
      this.#parts.changes.log(task, 'INFO', `Most recent service output:\n    ${output}`);
    }
    this.#parts.changes.end(
      task,
      exit === undefined ? 'Done' : 'Error',
      exit && `service start attempt: exited quickly with code ${exit.exitCode}, will ${exit.action}`,
    );
  }

  #stopOne(name: string, task: Task): void {
    const process = this.#processes.get(name);
    if (process === undefined) this.#parts.changes.log(task, 'INFO', `Service "${name}" has never been started.`);
    else if (process.current === 'inactive')
      this.#parts.changes.log(task, 'INFO', `Service "${name}" already stopped.`);
    else if (process.current === 'error')
      this.#parts.changes.log(task, 'INFO', `Service "${name}" had already exited.`);
    if (process !== undefined) this.#end(name, process);
    this.#parts.changes.end(task, 'Done');
  }

  #launch(name: string, process: Process): QuickExit | undefined {
    this.#become(name, process, 'active');
    const exit = this.#parts.workload.onServiceStart?.(name, this.#parts.context());
    if (exit === undefined) return undefined;
    const { exitCode, after = 0, output = '' } = exit;
    if (after >= okayDelay) {
      process.cancel = this.#parts.agenda.after(after, () => {
        this.exited(name, exitCode);
      });
      return undefined;
    }
    const action = actionFor(process.config, exitCode);
    this.#act(name, process, action, exitCode);
    return { exitCode, action, output };
  }

  #act(name: string, process: Process, action: string, exitCode: number): void {
    process.cancel();
    if (action === 'restart') {
      this.#backOff(name, process);
      return;
    }
    this.#become(name, process, action === 'ignore' && exitCode === 0 ? 'inactive' : 'error');
    if (action === 'ignore') return;
    this.#parts.emit({ kind: 'exit', exitCode: daemonExitCode(action, exitCode) });
  }

  #backOff(name: string, process: Process): void {
    process.delay = nextDelay(process.config, process.delay);
    this.#become(name, process, 'backoff');
    process.cancel = this.#parts.agenda.after(process.delay, () => {
      this.#launch(name, process);
    });
  }

  #end(name: string, process: Process): void {
    process.cancel();
    if (process.current === 'active') this.#parts.workload.onServiceStop?.(name, this.#parts.context());
    if (process.current !== 'inactive') this.#become(name, process, 'inactive');
  }

  #become(name: string, process: Process, current: ServiceState['current']): void {
    process.current = current;
    process.since = this.#parts.agenda.now();
    process.cancel = nothingToCancel;
    this.#parts.journal('pebble-service', `${name} ${current}`);
  }
}

function nothingToCancel(): void {
  // A process that just runs has no appointment.
}
