import { asObject, without, withValue } from '../json/json.js';
import type { JsonObject } from '../json/json.js';
import type { StructSchema } from '../schema/schema.js';
import { compare } from './compare.js';
import { FieldSet } from './field-set.js';
import { managerIdentity, managersOf, toManagedFields, withoutServerFields } from './managed-fields.js';

/** A create, replace or patch whose effect on ownership is to be written down. */
export interface TrackedUpdate {
  readonly schema: StructSchema;
  readonly before: JsonObject;
  /** With defaults: the one who writes an object owns them too. */
  readonly after: JsonObject;
  readonly manager: string;
  readonly time: string;
}

/** Gives the manager of an update what it added or changed, and takes that and what is gone from everybody else. */
export const trackUpdate = ({ schema, before, after, manager, time }: TrackedUpdate): JsonObject => {
  const sent = managersOf(after);
  const managers = sent.size > 0 ? sent : managersOf(before);
  const bare = (object: JsonObject): JsonObject =>
    withValue(without(object, 'status'), ['metadata'], without(asObject(object.metadata), 'managedFields'));
  const difference = compare(schema, bare(before), bare(after));
  const changed = withoutServerFields(difference.modified.union(difference.added));
  const others = [...managers].map(
    ([key, owner]) =>
      [key, { ...owner, fields: owner.fields.difference(changed).difference(difference.removed) }] as const,
  );
  const next = new Map(others);
  if (!changed.isEmpty) {
    const apiVersion = typeof after.apiVersion === 'string' ? after.apiVersion : '';
    const identity = { manager, operation: 'Update', apiVersion, subresource: '' } as const;
    const key = managerIdentity(identity);
    const fields = (next.get(key)?.fields ?? FieldSet.empty).union(changed);
    next.set(key, { ...identity, time, fields });
  }
  return withValue(after, ['metadata', 'managedFields'], toManagedFields(next));
};
