import type { Agenda } from './agenda.js';
import type { ChangeLog } from './change-log.js';
import type { PebbleEvent } from './pebble-event.js';
import type { PlanManager } from './plan/plan-manager.js';
import type { WorkloadContext, WorkloadSimulation } from './workload-simulation.js';

/** What the parts of a daemon share. */
export interface DaemonParts {
  readonly agenda: Agenda;
  readonly changes: ChangeLog;
  readonly plan: PlanManager;
  readonly workload: WorkloadSimulation;
  readonly journal: (kind: string, detail: string) => void;
  readonly emit: (event: PebbleEvent) => void;
  readonly context: () => WorkloadContext;
}
