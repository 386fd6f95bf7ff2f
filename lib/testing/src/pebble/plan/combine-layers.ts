import { Refused } from '../refused.js';
import { shape, type Shape } from './shape.js';
import type { CheckConfig, Sections, StoredLayer } from './sections.js';

type Spec = Readonly<Record<string, unknown>>;

const defaultThreshold = 3;

/** Combines layers, the later over the earlier, as `override` says, and fills in a check's threshold. */
export function combineLayers(layers: readonly StoredLayer[]): Sections {
  const services: Record<string, StoredLayer['services'][string]> = {};
  const checks: Record<string, CheckConfig> = {};
  const logTargets: Record<string, StoredLayer['logTargets'][string]> = {};
  for (const layer of layers) {
    combineSection(services, layer.services, layer.label, shape.service);
    combineSection(checks, layer.checks, layer.label, shape.check);
    combineSection(logTargets, layer.logTargets, layer.label, shape.logTarget);
  }
  return {
    services: sorted(services),
    checks: sorted(
      Object.fromEntries(
        Object.entries(checks).map(([name, check]) => [name, ordered(withThreshold(check), shape.check)]),
      ),
    ),
    logTargets: sorted(logTargets),
  };
}

function withThreshold(check: CheckConfig): CheckConfig {
  return { ...check, threshold: check.threshold ?? defaultThreshold };
}

function combineSection<T extends { readonly override: string }>(
  combined: Record<string, T>,
  added: Readonly<Record<string, T>>,
  label: string,
  { noun, fields }: Shape,
): void {
  for (const [name, spec] of Object.entries(added)) {
    const override: string | undefined = 'override' in spec ? spec.override : undefined;
    if (override === undefined) throw new Refused(`layer "${label}" must define "override" for ${noun} "${name}"`);
    if (override !== 'merge' && override !== 'replace') {
      throw new Refused(`layer "${label}" has invalid "override" value for ${noun} "${name}"`);
    }
    const below = Object.hasOwn(combined, name) ? combined[name] : undefined;
    combined[name] =
      override === 'replace' || below === undefined
        ? spec
        : ordered(mergeOnto(below, spec), { noun, goType: '', fields });
  }
}

/** Lists grow, maps and check types are merged key by key, all else is replaced; the lower layer's `override` stays. */
function mergeOnto<T extends object>(below: T, above: T): T {
  const merged: Record<string, unknown> = Object.fromEntries(Object.entries(below));
  for (const [key, value] of Object.entries(above) as [string, unknown][]) {
    const present = merged[key];
    if (key === 'override') continue;
    if (Array.isArray(present) && Array.isArray(value))
      merged[key] = [...(present as unknown[]), ...(value as unknown[])];
    else if (isSpec(present) && isSpec(value)) merged[key] = mergeOnto(present, value);
    else merged[key] = value;
  }
  return merged as T;
}

function isSpec(value: unknown): value is Spec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function ordered<T extends object>(spec: T, { fields }: Shape): T {
  const known: Spec = Object.fromEntries(Object.entries(spec));
  return Object.fromEntries(Object.keys(fields).flatMap((key) => (key in known ? [[key, known[key]]] : []))) as T;
}

function sorted<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1)));
}
