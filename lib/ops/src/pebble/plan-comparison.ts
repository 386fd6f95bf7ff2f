import { parseDuration } from './go-duration.js';
import type { CheckSpec, Layer, Plan } from './layer.js';

type Spec = Readonly<Record<string, unknown>>;

const durations: ReadonlySet<string> = new Set(['period', 'timeout', 'backoff-delay', 'backoff-limit', 'kill-delay']);

/** Whether adding the layer (with `combine`) would leave the plan as it is, as far as the layer can tell. */
export function planContains(plan: Plan, layer: Layer): boolean {
  return (
    sectionContains(plan.services, layer.services) &&
    sectionContains(plan.checks, mapValues(layer.checks, withCheckDefaults)) &&
    sectionContains(plan['log-targets'], layer['log-targets'])
  );
}

/** Services of the layer that are in the plan and would become different. */
export function changedServices(plan: Plan, layer: Layer): readonly string[] {
  return Object.entries(layer.services ?? {}).flatMap(([name, spec]) =>
    Object.hasOwn(plan.services, name) && !sectionContains(plan.services, { [name]: spec }) ? [name] : [],
  );
}

/** Pebble prints an effective threshold, and none of the other defaults. */
function withCheckDefaults(spec: CheckSpec): CheckSpec {
  return spec.override === 'replace' && (spec.threshold ?? 0) === 0 ? { ...spec, threshold: 3 } : spec;
}

function mapValues<T>(
  record: Readonly<Record<string, T>> | undefined,
  map: (value: T) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record ?? {}).map(([key, value]) => [key, map(value)]));
}

function sectionContains(
  current: Readonly<Record<string, object>>,
  wanted: Readonly<Record<string, object>> = {},
): boolean {
  return Object.entries(wanted).every(([name, spec]) => {
    const present = Object.hasOwn(current, name) ? current[name] : undefined;
    if (present === undefined) return false;
    const want = normalise({ ...spec, override: undefined });
    const have = normalise({ ...present, override: undefined });
    return 'override' in spec && spec.override === 'merge' ? includes(have, want) : equal(have, want);
  });
}

/** A spec as Pebble would print it: durations as numbers, empty values left out (an explicit `user-id: 0` is not empty). */
function normalise(spec: object): Spec {
  const entries = Object.entries(spec).flatMap(([key, value]: [string, unknown]): [string, unknown][] => {
    const known = durations.has(key) && typeof value === 'string' ? (parseDuration(value) ?? value) : value;
    const inner = isRecord(known) && key !== 'environment' && key !== 'headers' ? normalise(known) : known;
    return isEmpty(inner, key) ? [] : [[key, inner]];
  });
  return Object.fromEntries(entries);
}

function isEmpty(value: unknown, key: string): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (value === 0) return key === 'threshold' || key === 'port';
  if (Array.isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).length === 0 && !['http', 'tcp', 'exec'].includes(key);
}

function isRecord(value: unknown): value is Spec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function equal(have: unknown, want: unknown): boolean {
  if (Array.isArray(have) && Array.isArray(want)) {
    return have.length === want.length && have.every((item, index) => equal(item, want[index]));
  }
  if (isRecord(have) && isRecord(want)) {
    const keys = Object.keys(have);
    return keys.length === Object.keys(want).length && keys.every((key) => equal(have[key], want[key]));
  }
  return have === want;
}

/** What is merged onto `have` changes nothing: lists only ever grow, maps are merged key by key. */
function includes(have: Spec, want: Spec): boolean {
  return Object.entries(want).every(([key, value]) => {
    const present = have[key];
    if (Array.isArray(present) && Array.isArray(value)) return value.every((item) => present.includes(item));
    if (isRecord(present) && isRecord(value)) return includes(present, value);
    return equal(present, value);
  });
}
