import { isEqual } from '../json/equal.js';
import { asList, isObject, isList, members } from '../json/json.js';
import type { Json, JsonObject } from '../json/json.js';
import { memberSchema } from '../schema/schema.js';
import type { ItemsSchema, Schema, SetSchema } from '../schema/schema.js';
import { FieldSet } from './field-set.js';
import { fieldStep, itemStep } from './field-path.js';
import type { PathStep } from './field-path.js';

/** What differs between two versions of an object. */
export interface Comparison {
  readonly added: FieldSet;
  readonly removed: FieldSet;
  readonly modified: FieldSet;
}

const nothing: Comparison = { added: FieldSet.empty, removed: FieldSet.empty, modified: FieldSet.empty };
const addedHere: Comparison = { ...nothing, added: FieldSet.here };
const removedHere: Comparison = { ...nothing, removed: FieldSet.here };
const modifiedHere: Comparison = { ...nothing, modified: FieldSet.here };

const branch = (children: readonly (readonly [PathStep, Comparison])[]): Comparison => {
  const part = (name: keyof Comparison): FieldSet =>
    FieldSet.branch(
      false,
      children.map(([step, inner]) => [step, inner[name]]),
    );
  return { added: part('added'), removed: part('removed'), modified: part('modified') };
};

/** Compares two versions of a value of one schema; `undefined` is a value that is not there. */
export const compare = (schema: Schema, before: Json | undefined, after: Json | undefined): Comparison => {
  if (before === undefined && after === undefined) return nothing;
  if (isLeaf(schema, before, after)) return compareLeaf(before, after);
  const inner =
    schema.kind === 'items' || schema.kind === 'set'
      ? compareItems(schema, asList(before), asList(after))
      : compareMembers(schema, isObject(before) ? before : {}, isObject(after) ? after : {});
  // A branch that comes or goes counts itself, besides its leaves.
  if (before === undefined) return { ...inner, added: inner.added.withHere() };
  return after === undefined ? { ...inner, removed: inner.removed.withHere() } : inner;
};

const compareLeaf = (before: Json | undefined, after: Json | undefined): Comparison => {
  if (before === undefined) return addedHere;
  if (after === undefined) return removedHere;
  return isEqual(before, after) ? nothing : modifiedHere;
};

const isBare = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  (isList(value) && value.length === 0) ||
  (isObject(value) && members(value).length === 0);

const isLeaf = (schema: Schema, before: Json | undefined, after: Json | undefined): boolean => {
  if (schema.kind === 'scalar' || schema.kind === 'atomic') return true;
  if (schema.kind === 'open' && !isObject(before) && !isObject(after)) return true;
  return isBare(before) && isBare(after);
};

const compareMembers = (schema: Schema, before: JsonObject, after: JsonObject): Comparison => {
  const names = new Set([...members(before), ...members(after)].map(([name]) => name));
  return branch(
    [...names].map((name) => [
      fieldStep(name),
      compare(memberSchema(schema, name) ?? { kind: 'open' }, before[name], after[name]),
    ]),
  );
};

const compareItems = (schema: ItemsSchema | SetSchema, before: readonly Json[], after: readonly Json[]): Comparison => {
  const index = (list: readonly Json[]) => new Map(list.map((item) => [itemStep(schema, item), item]));
  const [old, fresh] = [index(before), index(after)];
  const inner: Schema = schema.kind === 'set' ? { kind: 'atomic' } : schema.item;
  const steps = new Set([...old.keys(), ...fresh.keys()]);
  return branch([...steps].map((step) => [step, compare(inner, old.get(step), fresh.get(step))]));
};
