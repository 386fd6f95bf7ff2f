export type { Change, ChangeTask } from './change.js';
export { Container } from './container.js';
export type {
  CheckInfo,
  ExecOptions,
  ExecResult,
  FileInfo,
  ListOptions,
  MakeDirOptions,
  Ownership,
  PushOptions,
  RemoveOptions,
  ServiceInfo,
  SystemInfo,
} from './info.js';
export type { CheckSpec, ExecutionSpec, Layer, LogTargetSpec, Plan, ServiceSpec } from './layer.js';
export { PebbleClient, type CheckRecord, type PebbleClientOptions, type WaitOptions } from './pebble-client.js';
export {
  PebbleApiError,
  PebbleChangeError,
  PebbleConnectionError,
  PebbleError,
  PebblePathError,
  PebbleTimeoutError,
} from './pebble-errors.js';
