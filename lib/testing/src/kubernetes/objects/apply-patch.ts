import { isList, isObject } from '../json/json.js';
import type { Json, JsonObject } from '../json/json.js';
import { jsonPatch, JsonPatchError } from '../patch/json-patch.js';
import { mergePatch } from '../patch/merge-patch.js';
import { strategicMergePatch, StrategicPatchError } from '../patch/strategic-merge-patch.js';
import { badRequest, internalFailure, unprocessable } from './api-failure.js';
import type { ObjectKey } from './object-store.js';

/** The patches other than an apply. */
export type PatchKind = 'strategic' | 'merge' | 'json';

/**
 * The object that a patch makes of the live one.
 *
 * @throws {@link ApiFailure} 400 for a body of the wrong form, 422 for a patch that cannot be carried out.
 */
export const applyPatch = (key: ObjectKey, kind: PatchKind, live: JsonObject, patch: Json): JsonObject => {
  const patched = run(key, kind, live, patch);
  if (!isObject(patched)) throw unprocessable();
  return patched;
};

const run = (key: ObjectKey, kind: PatchKind, live: JsonObject, patch: Json): Json => {
  try {
    if (kind === 'json') {
      if (isList(patch)) return jsonPatch(live, patch);
      throw badRequest(
        'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
      );
    }
    if (!isObject(patch)) throw badRequest('error decoding patch: the body is not an object');
    return kind === 'merge' ? mergePatch(live, patch) : strategicMergePatch(key.kind.schema, live, patch);
  } catch (error) {
    if (error instanceof JsonPatchError) throw unprocessable();
    if (error instanceof StrategicPatchError) throw internalFailure(error.message);
    throw error;
  }
};
