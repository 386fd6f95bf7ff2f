import { randomUUID } from 'node:crypto';
import { serverSideApply } from '../apply/server-side-apply.js';
import { ApplyConflictError } from '../apply/conflicts.js';
import { trackUpdate } from '../apply/track-update.js';
import { schemaProblems } from '../apply/validate-intent.js';
import { isEqual } from '../json/equal.js';
import { asList, asObject, asText, at, isObject, without, withValue } from '../json/json.js';
import type { Json, JsonObject } from '../json/json.js';
import { toStoreForm, unknownFields } from '../schema/store-form.js';
import {
  alreadyExists,
  ApiFailure,
  badRequest,
  internalFailure,
  invalid,
  notFound,
  staleObject,
  wrongUid,
} from './api-failure.js';
import type { ObjectKey, ObjectStore } from './object-store.js';
import { applyPatch } from './apply-patch.js';
import type { PatchKind } from './apply-patch.js';

/** Who writes, and how exact the body has to be. */
export interface WriteRequest {
  readonly manager: string;
  /** Refuse fields that the kind does not have, instead of dropping them. */
  readonly strict?: boolean;
  readonly force?: boolean;
}

/** The object after a write. */
export interface WriteResult {
  readonly object: JsonObject;
  readonly created: boolean;
  /** `false`: everything was as asked for already, and nothing was stored. */
  readonly changed: boolean;
}

/** The writing verbs of the API server on a store: defaults, validation, ownership, generation and versions. */
export class ObjectWriter {
  readonly #store: ObjectStore;
  readonly #now: () => Date;

  constructor(store: ObjectStore, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /** The same on another store. */
  on(store: ObjectStore): ObjectWriter {
    return new ObjectWriter(store, this.#now);
  }

  /** @throws {@link ApiFailure} 409 where the name is taken, 422 for an invalid object. */
  create(key: ObjectKey, body: JsonObject, request: WriteRequest): WriteResult {
    if (this.#store.get(key) !== undefined) throw alreadyExists(key.kind, key.name);
    const object = this.#decode(key, body, request.strict === true);
    const fresh = key.kind.defaults(this.#withIdentity(key, withoutStatus(object)));
    const tracked = this.#track(key, key.kind.skeleton, fresh, request.manager);
    return this.#validateAndPut(key, key.kind.allocate(tracked), undefined);
  }

  /** @throws {@link ApiFailure} 404, 409 for a stale version or another uid, 422 for an invalid object. */
  replace(key: ObjectKey, body: JsonObject, request: WriteRequest): WriteResult {
    const live = this.#existing(key);
    const object = this.#decode(key, body, request.strict === true);
    const uid = at(object, 'metadata', 'uid');
    const liveUid = asText(at(live, 'metadata', 'uid'));
    if (uid !== undefined && uid !== liveUid) throw wrongUid(key.kind, key.name, asText(uid), liveUid);
    return this.#update(key, live, object, request.manager);
  }

  /** @throws {@link ApiFailure} 404, 409 for a stale version in the patch, 400 and 422 for what cannot be carried out. */
  patch(key: ObjectKey, kind: PatchKind, patch: Json, request: WriteRequest): WriteResult {
    const live = this.#existing(key);
    const patched = applyPatch(key, kind, live, patch);
    const unknown = request.strict === true ? unknownFields(key.kind.schema, patched) : [];
    if (unknown.length > 0) {
      const message = `Invalid value: ${JSON.stringify(JSON.stringify(patch))}: ${strictProblem(unknown)}`;
      throw invalid({ ...key.kind, kind: '', group: '' }, '', [
        { reason: 'FieldValueInvalid', message, field: 'patch' },
      ]);
    }
    return this.#update(key, live, this.#decode(key, patched, false), request.manager);
  }

  /** Server-side apply; creates what is missing. @throws {@link ApiFailure} 409 for fields of others, 422, and 500 for undeclared fields. */
  apply(key: ObjectKey, intent: JsonObject, request: WriteRequest): WriteResult {
    const { kind } = key;
    if (at(intent, 'metadata', 'managedFields') !== undefined) throw badRequest('metadata.managedFields must be nil');
    const problems = schemaProblems(kind.schema, intent);
    if (problems.length > 0) {
      const where = `${key.namespace === '' ? '' : `${key.namespace}/`}${key.name}; ${kind.apiVersion}, Kind=${kind.kind}`;
      const list =
        problems.length === 1 ? problems.join('') : `errors:\n${problems.map((one) => `  ${one}`).join('\n')}`;
      throw internalFailure(`failed to create typed patch object (${where}): ${list}`);
    }
    const live = this.#store.get(key);
    const base = live ?? this.#withIdentity(key, key.kind.skeleton);
    const applied = this.#runApply(key, base, intent, request);
    const stored = toStoreForm(kind.schema, applied);
    if (live !== undefined) return this.#settle(key, live, stored);
    const created = kind.defaults(this.#withIdentity(key, withoutStatus(stored)));
    return this.#validateAndPut(key, kind.allocate(created), undefined);
  }

  /** @throws {@link ApiFailure} 404. */
  delete(key: ObjectKey): JsonObject {
    const live = this.#existing(key);
    this.#store.remove(key);
    return live;
  }

  #runApply(key: ObjectKey, live: JsonObject, intent: JsonObject, request: WriteRequest): JsonObject {
    try {
      const { manager, force = false } = request;
      return serverSideApply({ schema: key.kind.schema, live, intent, manager, force, time: this.#time() });
    } catch (error) {
      if (!(error instanceof ApplyConflictError)) throw error;
      const causes = error.causes.map((cause) => ({ ...cause }));
      throw new ApiFailure({ code: 409, reason: 'Conflict', message: error.message, details: { causes } });
    }
  }

  #update(key: ObjectKey, live: JsonObject, object: JsonObject, manager: string): WriteResult {
    const sent = key.kind.defaults(keepStatus(object, live));
    return this.#settle(key, live, this.#track(key, live, withServerFields(sent, live), manager));
  }

  /** Checks the precondition and the immutable fields, and stores what differs. */
  #settle(key: ObjectKey, live: JsonObject, object: JsonObject): WriteResult {
    const version = at(object, 'metadata', 'resourceVersion');
    if (version !== undefined && version !== at(live, 'metadata', 'resourceVersion')) {
      throw staleObject(key.kind, key.name);
    }
    const uid = at(object, 'metadata', 'uid');
    if (uid !== at(live, 'metadata', 'uid')) {
      const message = `Invalid value: "${asText(uid)}": field is immutable`;
      const cause = { reason: 'FieldValueInvalid', message, field: 'metadata.uid' };
      throw invalid(key.kind, key.name, [cause, cause]);
    }
    const next = key.kind.allocate(key.kind.defaults(keepStatus(withServerFields(object, live), live)));
    const isSame = isEqual(withoutTimes(next), withoutTimes(live));
    if (isSame) return { object: live, created: false, changed: false };
    return this.#validateAndPut(key, this.#counted(key, next, live), live);
  }

  #validateAndPut(key: ObjectKey, object: JsonObject, live: JsonObject | undefined): WriteResult {
    const causes = key.kind.validate(object, live);
    if (causes.length > 0) throw invalid(key.kind, key.name, causes);
    return { object: this.#store.put(key.kind, object), created: live === undefined, changed: true };
  }

  #counted(key: ObjectKey, object: JsonObject, live: JsonObject): JsonObject {
    if (!key.kind.counted || isEqual(object.spec, live.spec)) return object;
    const generation = at(live, 'metadata', 'generation');
    return withValue(object, ['metadata', 'generation'], typeof generation === 'number' ? generation + 1 : 1);
  }

  #existing(key: ObjectKey): JsonObject {
    const live = this.#store.get(key);
    if (live === undefined) throw notFound(key.kind, key.name);
    return live;
  }

  #track(key: ObjectKey, before: JsonObject, after: JsonObject, manager: string): JsonObject {
    return trackUpdate({ schema: key.kind.schema, before, after, manager, time: this.#time() });
  }

  /** Reads a body as the kind's Go type would. */
  #decode(key: ObjectKey, body: JsonObject, strict: boolean): JsonObject {
    const { kind } = key;
    const version = kind.apiVersion.split('/').at(-1) ?? '';
    const cannot = (why: string): ApiFailure =>
      badRequest(`${kind.kind} in version "${version}" cannot be handled as a ${kind.kind}: ${why}`);
    const unknown = strict ? unknownFields(kind.schema, body) : [];
    if (unknown.length > 0) throw cannot(strictProblem(unknown));
    const wrong = schemaProblems(kind.schema, body).find((problem) => problem.includes(': expected '));
    if (wrong !== undefined) throw cannot(`json: cannot unmarshal ${wrong}`);
    return toStoreForm(kind.schema, { ...body, apiVersion: kind.apiVersion, kind: kind.kind });
  }

  #withIdentity(key: ObjectKey, object: JsonObject): JsonObject {
    const { kind } = key;
    const metadata = {
      ...without(asObject(object.metadata), 'resourceVersion'),
      name: key.name,
      ...(kind.namespaced ? { namespace: key.namespace } : {}),
      uid: randomUUID(),
      ...(kind.counted ? { generation: 1 } : {}),
      creationTimestamp: this.#time(),
    };
    return { ...object, kind: kind.kind, apiVersion: kind.apiVersion, metadata };
  }

  #time(): string {
    return `${this.#now().toISOString().slice(0, 19)}Z`;
  }
}

const strictProblem = (fields: readonly string[]): string =>
  `strict decoding error: ${fields.map((field) => `unknown field "${field}"`).join(', ')}`;

const withoutStatus = (object: JsonObject): JsonObject => without(object, 'status');

const keepStatus = (object: JsonObject, live: JsonObject): JsonObject =>
  live.status === undefined ? withoutStatus(object) : { ...object, status: live.status };

/** What only the server sets, whatever was sent. */
const withServerFields = (object: JsonObject, live: JsonObject): JsonObject => {
  const metadata = asObject(object.metadata);
  const { name, namespace, creationTimestamp, generation, uid } = asObject(live.metadata);
  return {
    ...object,
    metadata: { ...metadata, name, namespace, creationTimestamp, generation, uid: metadata.uid ?? uid },
  };
};

/** Two versions that differ only in the times of managers, or in the version, are the same. */
const withoutTimes = (object: JsonObject): JsonObject => {
  const metadata = without(asObject(object.metadata), 'resourceVersion');
  const managedFields = asList(metadata.managedFields).map((entry) =>
    isObject(entry) ? without(entry, 'time') : entry,
  );
  return { ...object, metadata: { ...metadata, managedFields } };
};
