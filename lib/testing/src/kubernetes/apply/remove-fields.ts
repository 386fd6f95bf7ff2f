import { isList, isObject, members } from '../json/json.js';
import type { Json } from '../json/json.js';
import { memberSchema } from '../schema/schema.js';
import type { Schema } from '../schema/schema.js';
import type { FieldSet } from './field-set.js';
import { fieldStep, itemStep } from './field-path.js';

/**
 * Takes the fields and items of a set out of a value, each with everything below it. A branch that loses its last part
 * goes as well: `undefined`.
 */
export const removeFields = (schema: Schema, value: Json, fields: FieldSet): Json | undefined => {
  if (fields.isEmpty) return value;
  if (isList(value)) return removeItems(schema, value, fields);
  if (!isObject(value)) return value;
  const kept = members(value).flatMap(([name, member]) => {
    const below = fields.at(fieldStep(name));
    if (below.isMember) return [];
    const rest = removeFields(memberSchema(schema, name) ?? { kind: 'open' }, member, below);
    return rest === undefined ? [] : [[name, rest] as const];
  });
  return kept.length === 0 && members(value).length > 0 ? undefined : Object.fromEntries(kept);
};

const removeItems = (schema: Schema, list: readonly Json[], fields: FieldSet): readonly Json[] | undefined => {
  if (schema.kind !== 'items' && schema.kind !== 'set') return list;
  const kept = list.flatMap((item) => {
    const below = fields.at(itemStep(schema, item));
    if (below.isMember) return [];
    const rest = schema.kind === 'set' ? item : removeFields(schema.item, item, below);
    return rest === undefined ? [] : [rest];
  });
  return kept.length === 0 && list.length > 0 ? undefined : kept;
};
