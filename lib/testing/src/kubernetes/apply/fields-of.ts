import { isList, isObject, members } from '../json/json.js';
import type { Json, JsonObject } from '../json/json.js';
import { memberSchema } from '../schema/schema.js';
import type { ItemsSchema, Schema, SetSchema } from '../schema/schema.js';
import { FieldSet } from './field-set.js';
import { fieldStep, itemStep } from './field-path.js';

const isEmptyObject = (value: Json): boolean => isObject(value) && members(value).length === 0;

/** The paths that an intent names: what its manager will own. */
export const fieldsOf = (schema: Schema, value: Json): FieldSet => {
  switch (schema.kind) {
    case 'scalar':
    case 'atomic':
      return FieldSet.here;
    case 'items':
    case 'set':
      return isList(value) ? fieldsOfItems(schema, value) : FieldSet.empty;
    case 'struct':
    case 'map':
      return isObject(value) ? fieldsOfMembers(schema, value) : FieldSet.empty;
    case 'open':
      return isObject(value) ? fieldsOfMembers(schema, value) : FieldSet.here;
    default:
      return schema satisfies never;
  }
};

const fieldsOfItems = (schema: ItemsSchema | SetSchema, list: readonly Json[]): FieldSet =>
  FieldSet.branch(
    false,
    list.map((item) => {
      const below = schema.kind === 'set' ? FieldSet.empty : fieldsOf(schema.item, item);
      return [itemStep(schema, item), below.withHere()];
    }),
  );

/** A declared field that holds more fields is not owned itself, a free name is. */
const fieldsOfMembers = (schema: Schema, object: JsonObject): FieldSet =>
  FieldSet.branch(
    false,
    members(object).map(([name, value]) => {
      const below = fieldsOf(memberSchema(schema, name) ?? { kind: 'open' }, value);
      const isOwned = schema.kind !== 'struct' || value === null || isEmptyObject(value);
      return [fieldStep(name), isOwned ? below.withHere() : below];
    }),
  );

/** Makes declared fields members where something below them is one, so that differences between sets see them. */
export const withNamedFields = (schema: Schema, fields: FieldSet): FieldSet =>
  FieldSet.branch(
    fields.isMember,
    [...fields.steps].map((step) => {
      const inner = step.startsWith('f:') ? memberSchema(schema, step.slice(2)) : undefined;
      const next = inner ?? (schema.kind === 'items' ? schema.item : ({ kind: 'open' } as const));
      const below = withNamedFields(next, fields.at(step));
      const isDeclared = schema.kind === 'struct' && inner !== undefined;
      return [step, isDeclared ? below.withHere() : below];
    }),
  );
