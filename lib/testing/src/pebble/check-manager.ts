import { isDeepStrictEqual } from 'node:util';
import type { ChangeRecord } from './change-log.js';
import type { DaemonParts } from './daemon-parts.js';
import { durationMs } from './go-time.js';
import type { CheckConfig } from './plan/sections.js';
import { Refused } from './refused.js';
import type { ServiceManager } from './service-manager.js';

/** A check of the plan and its outcome, as `GET /v1/checks` shows it. */
export interface CheckState {
  readonly name: string;
  readonly level?: string;
  readonly startup: 'enabled' | 'disabled';
  readonly status: 'up' | 'down' | 'inactive';
  readonly successes: number;
  readonly failures: number;
  readonly threshold: number;
  readonly changeId?: string;
  readonly prevChangeId?: string;
}

interface Watch {
  config: CheckConfig;
  successes: number;
  failures: number;
  change: ChangeRecord | undefined;
  previous: string | undefined;
  cancel: () => void;
}

/** Runs checks when the clock says so: a `perform-check` change until the threshold is reached, then a `recover-check` change until one run succeeds. */
export class CheckManager {
  readonly #parts: DaemonParts & { readonly services: ServiceManager };
  #watches = new Map<string, Watch>();

  constructor(parts: DaemonParts & { readonly services: ServiceManager }) {
    this.#parts = parts;
  }

  states(names: readonly string[] = [], level = ''): readonly CheckState[] {
    return [...this.#watches]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .filter(([name]) => names.length === 0 || names.includes(name))
      .filter(([, { config }]) => level === '' || config.level === level)
      .map(([name, watch]) => stateOf(name, watch));
  }

  /** Checks that are new or changed start at once; those that are gone, or switched off before they ever ran, do not run. */
  planChanged(): void {
    const planned = this.#parts.plan.sections.checks;
    for (const [name, watch] of this.#watches) {
      const config = planned[name];
      const same = config !== undefined && isDeepStrictEqual(config, watch.config);
      const switchedOff = config?.startup === 'disabled' && watch.config.startup !== 'disabled';
      // Pebble leaves a running check that a layer switches off running.
      if (same || (switchedOff && watch.change !== undefined)) continue;
      this.#abort(watch);
      this.#watches.delete(name);
    }
    for (const [name, config] of Object.entries(planned)) {
      if (this.#watches.has(name)) continue;
      const watch = {
        config,
        successes: 0,
        failures: 0,
        change: undefined,
        previous: undefined,
        cancel: noAppointment,
      };
      this.#watches.set(name, watch);
      if (config.startup !== 'disabled') this.#perform(name, watch);
    }
  }

  /** A replan starts checks that were stopped. */
  replan(): void {
    for (const [name, watch] of this.#watches) {
      if (watch.change === undefined && watch.config.startup !== 'disabled') this.#begin(name, watch);
    }
  }

  start(names: readonly string[]): readonly string[] {
    const stopped = this.#named('start', names).filter(([, { change }]) => change === undefined);
    for (const [name, watch] of stopped) this.#begin(name, watch);
    return stopped.map(([name]) => name).sort();
  }

  stop(names: readonly string[]): readonly string[] {
    const running = this.#named('stop', names).filter(([, { change }]) => change !== undefined);
    for (const [, watch] of running) this.#abort(watch);
    return running.map(([name]) => name).sort();
  }

  forget(): void {
    for (const watch of this.#watches.values()) this.#abort(watch);
    this.#watches = new Map();
  }

  #named(action: string, names: readonly string[]): readonly (readonly [string, Watch])[] {
    const missing = names.filter((name) => !this.#watches.has(name)).sort();
    if (missing.length > 0)
      throw new Refused(`cannot ${action} checks: cannot find checks in plan: ${missing.join(', ')}`);
    return [...this.#watches].filter(([name]) => names.includes(name));
  }

  #abort(watch: Watch): void {
    watch.cancel();
    const [task] = watch.change?.tasks ?? [];
    if (task !== undefined) this.#parts.changes.end(task, 'Done');
    watch.change = undefined;
  }

  #begin(name: string, watch: Watch): void {
    watch.successes = 0;
    watch.failures = 0;
    watch.previous = undefined;
    this.#perform(name, watch);
  }

  #perform(name: string, watch: Watch): void {
    this.#open(name, watch, 'perform-check', 'Perform');
    this.#schedule(watch, () => {
      const outcome = this.#run(name, watch);
      const [task] = watch.change?.tasks ?? [];
      if (task === undefined) return;
      if (outcome.ok) {
        if (watch.failures > 0) {
          this.#parts.changes.log(
            task,
            'INFO',
            `succeeded after ${watch.failures} failure${watch.failures === 1 ? '' : 's'}`,
          );
        }
        watch.successes += 1;
        watch.failures = 0;
      } else {
        watch.failures += 1;
        if (watch.failures < thresholdOf(watch.config)) {
          this.#parts.changes.log(task, 'ERROR', outcome.detail);
        } else {
          this.#parts.changes.end(task, 'Error', outcome.detail);
          this.#recover(name, watch);
          this.#parts.journal('pebble-check', `${name} down: ${outcome.detail}`);
          this.#parts.services.checkFailed(name);
          this.#parts.emit({ kind: 'check-failed', check: name });
        }
      }
    });
  }

  #recover(name: string, watch: Watch): void {
    this.#open(name, watch, 'recover-check', 'Recover');
    this.#schedule(watch, () => {
      const outcome = this.#run(name, watch);
      const [task] = watch.change?.tasks ?? [];
      if (task === undefined) return;
      if (!outcome.ok) {
        watch.failures += 1;
        this.#parts.changes.log(task, 'ERROR', outcome.detail);
        return;
      }
      watch.successes = 1;
      watch.failures = 0;
      this.#parts.changes.end(task, 'Done');
      this.#perform(name, watch);
      this.#parts.journal('pebble-check', `${name} up`);
      this.#parts.emit({ kind: 'check-recovered', check: name });
    });
  }

  #open(name: string, watch: Watch, kind: string, verb: string): void {
    watch.cancel();
    const type = watch.config.http ? 'HTTP' : watch.config.tcp ? 'TCP' : 'exec';
    const summary = `${verb} ${type} check "${name}"`;
    watch.previous = watch.change?.id;
    watch.change = this.#parts.changes.add(kind, summary, [{ kind, summary }]);
  }

  #schedule(watch: Watch, run: () => void): void {
    const period = durationMs(watch.config.period ?? '10s') ?? 0;
    const { change } = watch;
    watch.cancel = this.#parts.agenda.after(period, () => {
      run();
      // The run may have opened another change, which has its own appointment.
      if (watch.change === change && change !== undefined) this.#schedule(watch, run);
    });
  }

  #run(name: string, watch: Watch): ReturnType<DaemonParts['workload']['check']> {
    return this.#parts.workload.check(name, watch.config, this.#parts.context());
  }
}

function noAppointment(): void {
  // A check that does not run has none.
}

function thresholdOf(config: CheckConfig): number {
  return config.threshold ?? 3;
}

function stateOf(name: string, watch: Watch): CheckState {
  const { config, change, previous, successes, failures } = watch;
  const threshold = thresholdOf(config);
  return {
    name,
    ...(config.level !== undefined && { level: config.level }),
    startup: config.startup ?? 'enabled',
    status: change === undefined ? 'inactive' : failures >= threshold ? 'down' : 'up',
    successes,
    failures,
    threshold,
    ...(change !== undefined && { changeId: change.id }),
    ...(previous !== undefined && { prevChangeId: previous }),
  };
}
