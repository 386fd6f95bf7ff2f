import { isEqual } from '../json/equal.js';
import { asObject, without, withValue } from '../json/json.js';
import type { JsonObject } from '../json/json.js';
import type { StructSchema } from '../schema/schema.js';
import { compare } from './compare.js';
import type { Comparison } from './compare.js';
import { ApplyConflictError } from './conflicts.js';
import { FieldSet } from './field-set.js';
import { fieldsOf, withNamedFields } from './fields-of.js';
import { managerIdentity, managersOf, toManagedFields, withoutServerFields } from './managed-fields.js';
import type { ManagerEntry, Managers } from './managed-fields.js';
import { merge } from './merge.js';
import { removeFields } from './remove-fields.js';

/** One apply request. */
export interface ApplyRequest {
  readonly schema: StructSchema;
  readonly live: JsonObject;
  readonly intent: JsonObject;
  readonly manager: string;
  readonly force: boolean;
  readonly time: string;
}

/**
 * Server-side apply: merges the intent, takes back what the manager named before and leaves out now, and keeps the books in
 * `managedFields`. What is applied again changes nothing, times included.
 *
 * @throws {@link ApplyConflictError} for fields of others, unless forced.
 */
export const serverSideApply = (request: ApplyRequest): JsonObject => {
  const { schema, live, manager, time } = request;
  const intent = withoutManagedFields(request.intent);
  const managers = managersOf(live);
  const identity = managerIdentity({ manager, operation: 'Apply', apiVersion: '', subresource: '' });
  const previous = managers.get(identity);

  const bare = withoutManagedFields(live);
  const merged = asObject(merge(schema, bare, intent));
  const owned = withoutServerFields(fieldsOf(schema, intent));
  const apiVersion = typeof intent.apiVersion === 'string' ? intent.apiVersion : '';
  const mine: ManagerEntry = {
    manager,
    operation: 'Apply',
    apiVersion,
    subresource: '',
    time: previous?.time ?? '',
    fields: owned,
  };
  const others = new Map([...managers].filter(([key]) => key !== identity));
  const result = prune(schema, merged, previous?.fields ?? FieldSet.empty, [mine, ...others.values()]);

  const difference = compare(schema, bare, result);
  const settled = settleOthers(others, difference, request.force);
  const changed = !isEqual(bare, result);
  const next = new Map([...settled, [identity, { ...mine, time: changed ? time : mine.time }]]);
  return withValue(result, ['metadata', 'managedFields'], toManagedFields(next));
};

const withoutManagedFields = (object: JsonObject): JsonObject =>
  withValue(object, ['metadata'], without(asObject(object.metadata), 'managedFields'));

/** Removes what the manager owned before and nobody owns now. */
const prune = (
  schema: StructSchema,
  merged: JsonObject,
  previous: FieldSet,
  owners: readonly ManagerEntry[],
): JsonObject => {
  if (previous.isEmpty) return merged;
  const named = (fields: FieldSet): FieldSet => withNamedFields(schema, fields);
  const all = named(fieldsOf(schema, merged));
  const pruned = named(fieldsOf(schema, asObject(removeFields(schema, merged, previous))));
  const owned = named(FieldSet.union(owners.map(({ fields }) => fields)));
  // What the removal took along but others own comes back …
  const withOwned = asObject(removeFields(schema, merged, all.difference(pruned.union(owned))));
  // … and so does what this manager had never named.
  const kept = named(fieldsOf(schema, withOwned));
  return asObject(removeFields(schema, merged, all.difference(kept).intersection(named(previous))));
};

/** Finds the conflicts of an apply with the other managers, and takes from them what is gone. */
const settleOthers = (others: Managers, { added, modified, removed }: Comparison, force: boolean): Managers => {
  const changed = modified.union(added);
  const conflicts = [...others.values()]
    .map((owner) => ({ owner, fields: owner.fields.intersection(changed) }))
    .filter(({ fields }) => !fields.isEmpty);
  if (conflicts.length > 0 && !force) throw new ApplyConflictError(conflicts);
  return new Map(
    [...others].map(([key, owner]) => [
      key,
      { ...owner, fields: owner.fields.difference(changed).difference(removed) },
    ]),
  );
};
