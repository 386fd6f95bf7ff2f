import { isObject, members, without } from '../json/json.js';
import type { Json, JsonObject } from '../json/json.js';

/** JSON merge patch (RFC 7386): objects merge, `null` deletes, everything else replaces. */
export const mergePatch = (target: Json | undefined, patch: Json): Json => {
  if (!isObject(patch)) return patch;
  return members(patch).reduce<JsonObject>(
    (result, [name, value]) =>
      value === null ? without(result, name) : { ...result, [name]: mergePatch(result[name], value) },
    isObject(target) ? target : {},
  );
};
