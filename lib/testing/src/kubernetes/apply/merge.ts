import { isList, isObject, members } from '../json/json.js';
import type { Json, JsonObject } from '../json/json.js';
import { memberSchema } from '../schema/schema.js';
import type { ItemsSchema, Schema, SetSchema } from '../schema/schema.js';
import { itemStep } from './field-path.js';

/** Lays an intent over a live value: what the intent names wins, the rest stays. */
export const merge = (schema: Schema, live: Json | undefined, intent: Json | undefined): Json | undefined => {
  if (intent === undefined || (intent === null && isBranch(schema))) return live;
  if (isList(live) && isList(intent) && (schema.kind === 'items' || schema.kind === 'set')) {
    return mergeItems(schema, live, intent);
  }
  return isObject(live) && isObject(intent) && isBranch(schema) ? mergeMembers(schema, live, intent) : intent;
};

const isBranch = (schema: Schema): boolean => schema.kind !== 'scalar' && schema.kind !== 'atomic';

const mergeMembers = (schema: Schema, live: JsonObject, intent: JsonObject): JsonObject => {
  const merged = members(intent).map(
    ([name, value]) => [name, merge(memberSchema(schema, name) ?? { kind: 'open' }, live[name], value)] as const,
  );
  return { ...live, ...Object.fromEntries(merged) };
};

/**
 * Merges two associative lists. The intent decides the order of the items that it names. Items that only the live list has keep their place:
 * each stands before the next named item that it stood before. New items come after the live ones that precede the next shared item, so at the end
 * where no shared item follows (measured on 1.35).
 */
const mergeItems = (
  schema: ItemsSchema | SetSchema,
  live: readonly Json[],
  intent: readonly Json[],
): readonly Json[] => {
  const keyed = (list: readonly Json[]) => list.map((item) => ({ key: itemStep(schema, item), item }));
  const [lives, intents] = [keyed(live), keyed(intent)];
  const liveByKey = new Map(lives.map(({ key, item }) => [key, item]));
  const named = new Set(intents.map(({ key }) => key));
  const shared = intents.filter(({ key }) => liveByKey.has(key)).map(({ key }) => key);
  const mergedItem = (key: string, item: Json): Json => {
    const below = liveByKey.get(key);
    return schema.kind === 'set' || below === undefined ? item : (merge(schema.item, below, item) ?? item);
  };

  const result: Json[] = [];
  let liveIndex = 0;
  for (const { key, item } of intents) {
    // Live-only items go first, up to the shared item that the intent has to bring next.
    for (; liveIndex < lives.length; liveIndex += 1) {
      const next = lives[liveIndex];
      if (next === undefined || next.key === shared[0]) break;
      if (!named.has(next.key)) result.push(next.item);
    }
    result.push(mergedItem(key, item));
    if (key === shared[0]) {
      shared.shift();
      if (lives[liveIndex]?.key === key) liveIndex += 1;
    }
  }
  const rest = lives.slice(liveIndex).filter(({ key }) => !named.has(key));
  return [...result, ...rest.map(({ item }) => item)];
};
