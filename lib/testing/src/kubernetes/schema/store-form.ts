import { isList, isObject, members } from '../json/json.js';
import type { Json, JsonObject } from '../json/json.js';
import { memberSchema } from './schema.js';
import type { Schema, StructSchema } from './schema.js';

/**
 * The object as the API server keeps it after a round trip through its Go types: without unknown fields, nulls, empty lists and empty maps.
 * An empty struct (`emptyDir: {}`) stays.
 */
export const toStoreForm = (schema: StructSchema, object: JsonObject): JsonObject =>
  Object.fromEntries(
    members(object).flatMap(([name, value]) => {
      const inner = schema.fields[name];
      const kept = inner === undefined ? undefined : keep(inner, value);
      return kept === undefined ? [] : [[name, kept] as const];
    }),
  );

const keep = (schema: Schema, value: Json): Json | undefined => {
  if (value === null || (isList(value) && value.length === 0)) return undefined;
  if (isList(value)) return schema.kind === 'items' ? value.map((item) => keep(schema.item, item) ?? item) : value;
  if (!isObject(value))
    return schema.kind === 'scalar' && schema.zeroIsAbsent === true && isZero(value) ? undefined : value;
  if (schema.kind === 'struct') return toStoreForm(schema, value);
  if (schema.kind !== 'map') return value;
  const kept = members(value).flatMap(([name, member]) => {
    const inner = keep(schema.values, member);
    return inner === undefined ? [] : [[name, inner] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
};

const isZero = (value: Json): boolean => value === '' || value === false || value === 0;

/** The fields that the kind does not declare, as the strict decoder names them: `spec.template.spec.contaners`. */
export const unknownFields = (schema: Schema, value: Json, path = ''): readonly string[] => {
  if (isList(value)) {
    return schema.kind === 'items'
      ? value.flatMap((item, index) => unknownFields(schema.item, item, `${path}[${index}]`))
      : [];
  }
  if (!isObject(value) || schema.kind !== 'struct') return [];
  return members(value).flatMap(([name, member]) => {
    const inner = memberSchema(schema, name);
    const next = path === '' ? name : `${path}.${name}`;
    return inner === undefined ? [next] : unknownFields(inner, member, next);
  });
};
