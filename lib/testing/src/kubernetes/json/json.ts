/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object; a member that is `undefined` counts as absent. */
export interface JsonObject {
  readonly [member: string]: Json | undefined;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** The object, or an empty one for everything else. */
export const asObject = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/** The list, or an empty one for everything else. */
export const asList = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);

/** The string, or an empty one for everything else. */
export const asText = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** The members that are present. */
export const members = (object: JsonObject): readonly (readonly [string, Json])[] =>
  Object.entries(object).filter((member): member is [string, Json] => member[1] !== undefined);

/** The object without some of its members. */
export const without = (object: JsonObject, ...names: readonly string[]): JsonObject =>
  Object.fromEntries(members(object).filter(([name]) => !names.includes(name)));

/** What lies at a path of member names. */
export const at = (value: Json | undefined, ...path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((current, name) => (isObject(current) ? current[name] : undefined), value);

/** The object with another value at a path of member names; objects on the way are made where they are missing. */
export const withValue = (object: JsonObject, path: readonly string[], value: Json | undefined): JsonObject => {
  const [name, ...rest] = path;
  if (name === undefined) return object;
  const changed = rest.length === 0 ? value : withValue(asObject(object[name]), rest, value);
  return changed === undefined ? without(object, name) : { ...object, [name]: changed };
};
