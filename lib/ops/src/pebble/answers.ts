import type { Change, ChangeTask } from './change.js';
import type { FileInfo, ServiceInfo, SystemInfo } from './info.js';
import type { CheckSpec, LogTargetSpec, Plan, ServiceSpec } from './layer.js';
import { PebbleConnectionError } from './pebble-errors.js';
import type { CheckRecord } from './pebble-client.js';

// Readers of Pebble's JSON: they keep what the types name, take unknown words as they are, and refuse only what is not an object.

type Fields = Readonly<Record<string, unknown>>;

export function fields(value: unknown): Fields {
  if (!isFields(value))
    throw new PebbleConnectionError(`Pebble answered ${JSON.stringify(value)} instead of an object`);
  return value;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The string, or '' where Pebble left it out. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

function optional<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  const present: Partial<Record<K, T>> = {};
  if (value !== undefined && value !== '') present[key] = value;
  return present;
}

function optionalText<K extends string>(key: K, value: unknown): { readonly [P in K]?: string } {
  return optional(key, typeof value === 'string' ? value : undefined);
}

function optionalNumber<K extends string>(key: K, value: unknown): { readonly [P in K]?: number } {
  return optional(key, typeof value === 'number' ? value : undefined);
}

export function readSystemInfo(answer: unknown): SystemInfo {
  const info = fields(answer);
  return { version: text(info['version']), bootId: text(info['boot-id']) };
}

export function readService(answer: unknown): ServiceInfo {
  const service = fields(answer);
  return { name: text(service['name']), startup: text(service['startup']), current: text(service['current']) };
}

export function readCheck(answer: unknown): CheckRecord {
  const check = fields(answer);
  return {
    name: text(check['name']),
    ...optionalText('level', check['level']),
    startup: text(check['startup']),
    status: text(check['status']),
    ...optionalNumber('successes', check['successes']),
    failures: count(check['failures']),
    threshold: count(check['threshold']),
    ...optionalText('changeId', check['change-id']),
    ...optionalText('prevChangeId', check['prev-change-id']),
  };
}

export function readChange(answer: unknown): Change {
  const change = fields(answer);
  const tasks = change['tasks'];
  return {
    id: text(change['id']),
    kind: text(change['kind']),
    summary: text(change['summary']),
    status: text(change['status']),
    ready: change['ready'] === true,
    ...optionalText('err', change['err']),
    tasks: Array.isArray(tasks) ? tasks.map(readTask) : [],
  };
}

function readTask(answer: unknown): ChangeTask {
  const task = fields(answer);
  const log = task['log'];
  const data = task['data'];
  return {
    id: text(task['id']),
    kind: text(task['kind']),
    summary: text(task['summary']),
    status: text(task['status']),
    log: Array.isArray(log) ? log.map(text) : [],
    data: isFields(data) ? data : {},
  };
}

export function readFile(answer: unknown): FileInfo {
  const file = fields(answer);
  return {
    path: text(file['path']),
    name: text(file['name']),
    type: text(file['type']),
    ...optionalNumber('size', file['size']),
    permissions: Number.parseInt(text(file['permissions']), 8),
    ...optionalNumber('userId', file['user-id']),
    ...optionalText('user', file['user']),
    ...optionalNumber('groupId', file['group-id']),
    ...optionalText('group', file['group']),
  };
}

/** Pebble has validated the plan, so its sections are what the types say. */
export function readPlan(plan: unknown): Plan {
  const sections = isFields(plan) ? plan : {};
  return {
    services: section<ServiceSpec>(sections['services']),
    checks: section<CheckSpec>(sections['checks']),
    'log-targets': section<LogTargetSpec>(sections['log-targets']),
  };
}

function section<T>(value: unknown): Readonly<Record<string, T>> {
  return isFields(value) ? (value as Readonly<Record<string, T>>) : {};
}
