export type { DaemonClock } from './agenda.js';
export {
  ContainerFiles,
  FileSystemError,
  type FileAttributes,
  type FileEntry,
  type Volume,
} from './container-files.js';
export type { CheckState } from './check-manager.js';
export type { RequestRecord } from './http/pebble-server.js';
export { PebbleDaemon, type PebbleDaemonOptions } from './pebble-daemon.js';
export type { PebbleEvent } from './pebble-event.js';
export type { PlanView } from './plan/plan-view.js';
export type { CheckConfig, LogTargetConfig, ServiceConfig } from './plan/sections.js';
export type { ServiceState } from './service-manager.js';
export type {
  CheckOutcome,
  ExecContext,
  ExecOutcome,
  ServiceExit,
  WorkloadContext,
  WorkloadSimulation,
} from './workload-simulation.js';
