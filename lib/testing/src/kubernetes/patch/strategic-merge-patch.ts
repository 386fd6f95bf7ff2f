import { isEqual } from '../json/equal.js';
import { asList, isList, isObject, members, without } from '../json/json.js';
import type { Json, JsonObject } from '../json/json.js';
import { memberSchema, open } from '../schema/schema.js';
import type { ItemsSchema, Schema, SetSchema } from '../schema/schema.js';
import { orderItems, sameBy } from './element-order.js';

const elementOrder = '$setElementOrder/';
const deleteFromList = '$deleteFromPrimitiveList/';

/** A patch whose list items lack their merge key, or with an unknown directive. */
export class StrategicPatchError extends Error {}

/** Strategic merge patch: lists with a merge key merge item by item, with the directives `$patch`, `$setElementOrder`, `$retainKeys`, `$deleteFromPrimitiveList`. */
export const strategicMergePatch = (schema: Schema, target: JsonObject, patch: JsonObject): JsonObject => {
  switch (patch.$patch) {
    case undefined:
    case 'merge':
      break;
    case 'replace':
      return without(patch, '$patch');
    case 'delete':
      return {};
    default:
      throw new StrategicPatchError('an unknown $patch directive');
  }
  const base = isList(patch.$retainKeys) ? retain(target, patch.$retainKeys) : target;
  const plain = members(patch).filter(([name]) => !name.startsWith('$'));
  const merged = plain.reduce<JsonObject>((result, [name, value]) => {
    const changed = patchMember(memberSchema(schema, name) ?? open, result[name], value, patch[elementOrder + name]);
    return changed === undefined ? without(result, name) : { ...result, [name]: changed };
  }, base);
  return applyListDirectives(schema, merged, patch);
};

const retain = (target: JsonObject, kept: readonly Json[]): JsonObject =>
  Object.fromEntries(members(target).filter(([name]) => kept.includes(name)));

/** Directives for lists that the patch does not name otherwise. */
const applyListDirectives = (schema: Schema, object: JsonObject, patch: JsonObject): JsonObject =>
  members(patch).reduce<JsonObject>((result, [directive, value]) => {
    if (directive.startsWith(deleteFromList)) {
      const name = directive.slice(deleteFromList.length);
      return { ...result, [name]: asList(result[name]).filter((item) => !asList(value).includes(item)) };
    }
    const name = directive.startsWith(elementOrder) ? directive.slice(elementOrder.length) : undefined;
    if (name === undefined || name in patch || result[name] === undefined) return result;
    const list = asList(result[name]);
    return { ...result, [name]: orderItems(list, asList(value), list, sameIn(memberSchema(schema, name) ?? open)) };
  }, object);

const sameIn = (schema: Schema) => (schema.kind === 'items' ? sameBy(schema.mergeKey) : isEqual);

const patchMember = (
  schema: Schema,
  target: Json | undefined,
  patch: Json,
  order: Json | undefined,
): Json | undefined => {
  if (patch === null) return undefined;
  if (isObject(patch)) {
    if (patch.$patch === 'delete') return undefined;
    return strategicMergePatch(schema, isObject(target) ? target : {}, patch);
  }
  if (!isList(patch) || (schema.kind !== 'items' && schema.kind !== 'set')) return patch;
  return patchList(schema, asList(target), patch, order);
};

const patchList = (
  schema: ItemsSchema | SetSchema,
  target: readonly Json[],
  patch: readonly Json[],
  order: Json | undefined,
): readonly Json[] => {
  const same = sameIn(schema);
  if (patch.some((item) => isObject(item) && item.$patch === 'replace' && members(item).length === 1)) {
    return patch.filter((item) => !isObject(item) || item.$patch === undefined);
  }
  if (schema.kind === 'items' && patch.some((item) => !isObject(item) || item[schema.mergeKey] === undefined)) {
    throw new StrategicPatchError(`an item does not contain declared merge key: ${schema.mergeKey}`);
  }
  const deleted = patch.filter((item) => isObject(item) && item.$patch === 'delete');
  const changes = patch.filter((item) => !deleted.includes(item));
  const kept = target.filter((item) => !deleted.some((other) => same(item, other)));
  const merged = changes.reduce<readonly Json[]>((list, change) => mergeItem(schema, list, change), kept);
  const ordered = orderItems(merged, changes, target, same);
  return order === undefined ? ordered : orderItems(ordered, asList(order), target, same);
};

const mergeItem = (schema: ItemsSchema | SetSchema, list: readonly Json[], change: Json): readonly Json[] => {
  const same = sameIn(schema);
  const index = list.findIndex((item) => same(item, change));
  const before = list[index];
  if (schema.kind === 'set' || !isObject(change)) return index >= 0 ? list : [...list, change];
  const after = strategicMergePatch(schema.item, isObject(before) ? before : {}, change);
  return index >= 0 ? list.with(index, after) : [...list, after];
};
