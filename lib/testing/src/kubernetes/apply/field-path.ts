import { asObject, isObject, members } from '../json/json.js';
import type { Json } from '../json/json.js';
import type { ItemsSchema, SetSchema } from '../schema/schema.js';

/**
 * One step of a path, written as in `FieldsV1`: `f:spec`, `k:{"name":"charm"}` or `v:"finalizer"`.
 * A path is a list of steps from the root of the object.
 */
export type PathStep = string;

export const fieldStep = (name: string): PathStep => `f:${name}`;

/** The step to an item of an associative list or a set. */
export const itemStep = (schema: ItemsSchema | SetSchema, item: Json): PathStep => {
  if (schema.kind === 'set') return `v:${JSON.stringify(item)}`;
  const object = asObject(item);
  const keys = schema.keys.toSorted().flatMap((key) => {
    const value = object[key] ?? schema.keyDefaults[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  return `k:${JSON.stringify(Object.fromEntries(keys))}`;
};

const describeStep = (step: PathStep): string => {
  const rest = step.slice(2);
  if (step.startsWith('f:')) return `.${rest}`;
  const value = JSON.parse(rest) as Json;
  if (step.startsWith('v:')) return `[=${JSON.stringify(value)}]`;
  const keys = isObject(value) ? members(value) : [];
  return `[${keys.map(([key, key_]) => `${key}=${JSON.stringify(key_)}`).join(',')}]`;
};

/** A path in the words of the API server: `.spec.template.spec.containers[name="gluetun"].image`. */
export const describePath = (path: readonly PathStep[]): string => path.map(describeStep).join('');
