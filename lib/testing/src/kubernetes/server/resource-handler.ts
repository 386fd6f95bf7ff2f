import { forbidden, isAllowed } from '../access/authorize.js';
import type { ServiceAccounts } from '../access/service-accounts.js';
import { asObject, asText, at, isObject, without } from '../json/json.js';
import type { Json, JsonObject } from '../json/json.js';
import { ApiFailure, badRequest, missingFieldManager, notFound } from '../objects/api-failure.js';
import type { PatchKind } from '../objects/apply-patch.js';
import { matchesSelector } from '../objects/label-selector.js';
import type { ObjectKey, ObjectStore } from '../objects/object-store.js';
import type { ObjectWriter, WriteResult } from '../objects/object-writer.js';
import { verbOf } from './api-request.js';
import type { ApiAnswer, ApiRequest } from './api-request.js';
import { reviewAccess } from './review-access.js';
import type { KubernetesWrite } from './write-journal.js';

/** What the handler tells about a write. */
export type WriteNote = Omit<KubernetesWrite, 'at' | 'detail'>;

const patchKinds: Readonly<Record<string, PatchKind>> = {
  'application/strategic-merge-patch+json': 'strategic',
  'application/merge-patch+json': 'merge',
  'application/json-patch+json': 'json',
};
const applyTypes = ['application/apply-patch+yaml', 'application/apply-patch+json'];

/** Answers requests for resources: access first, then the object. */
export class ResourceHandler {
  readonly #accounts: ServiceAccounts;
  readonly #store: ObjectStore;
  readonly #writer: ObjectWriter;
  readonly #note: (write: WriteNote) => void;

  constructor(accounts: ServiceAccounts, store: ObjectStore, writer: ObjectWriter, note: (write: WriteNote) => void) {
    this.#accounts = accounts;
    this.#store = store;
    this.#writer = writer;
    this.#note = note;
  }

  /** @throws {@link ApiFailure} for every refusal. */
  handle(request: ApiRequest): ApiAnswer {
    const { url, caller, method } = request;
    const access = { ...url, verb: verbOf(method, url) };
    if (!isAllowed(this.#accounts, caller, access)) throw forbidden(caller, access);
    if (url.resource === 'selfsubjectaccessreviews') {
      return { status: 201, body: reviewAccess(this.#accounts, caller, parseBody(request)) };
    }
    if (url.kind === undefined) return { status: 404, body: '404 page not found\n' };
    if (request.query.get('dryRun') === 'All') return this.#dryRun(request);
    const namespace = url.kind.namespaced ? url.namespace : '';
    const key: ObjectKey = { kind: url.kind, namespace, name: url.name };
    switch (access.verb) {
      case 'get':
        return { status: 200, body: this.#get(key) };
      case 'list':
        return { status: 200, body: this.#list(key, request.query.get('labelSelector') ?? '') };
      case 'create':
        return this.#create(key, request);
      case 'update':
        return this.#written(key, request, 'kubernetes-replace', this.#replace(key, request));
      case 'patch':
        return this.#patch(key, request);
      case 'delete':
        return this.#delete(key, request);
      default:
        return access.verb satisfies never;
    }
  }

  /** Carried out on a copy. */
  #dryRun(request: ApiRequest): ApiAnswer {
    const store = this.#store.trial();
    const handler = new ResourceHandler(this.#accounts, store, this.#writer.on(store), () => undefined);
    const query = new URLSearchParams(request.query);
    query.delete('dryRun');
    return handler.handle({ ...request, query });
  }

  #get(key: ObjectKey): JsonObject {
    const object = this.#store.get(key);
    if (object === undefined) throw notFound(key.kind, key.name);
    return object;
  }

  #list({ kind, namespace }: ObjectKey, selector: string): JsonObject {
    const objects = this.#store
      .list(kind, namespace === '' ? undefined : namespace)
      .filter((object) => matchesSelector(selector, object));
    return {
      kind: `${kind.kind}List`,
      apiVersion: kind.apiVersion,
      metadata: { resourceVersion: this.#store.version },
      items: kind.custom ? objects : objects.map((object) => without(object, 'apiVersion', 'kind')),
    };
  }

  #create(collection: ObjectKey, request: ApiRequest): ApiAnswer {
    const body = parseObjectBody(request);
    const key = { ...collection, name: asText(at(body, 'metadata', 'name')) };
    const result = this.#writer.create(key, body, { manager: managerOf(request), strict: isStrict(request) });
    return this.#written(key, request, 'kubernetes-create', result);
  }

  #replace(key: ObjectKey, request: ApiRequest): WriteResult {
    const body = parseObjectBody(request);
    checkNames(key, body);
    return this.#writer.replace(key, body, { manager: managerOf(request), strict: isStrict(request) });
  }

  #patch(key: ObjectKey, request: ApiRequest): ApiAnswer {
    if (applyTypes.includes(request.contentType)) {
      return this.#written(key, request, 'kubernetes-apply', this.#apply(key, request));
    }
    const kind = patchKinds[request.contentType];
    if (kind === undefined) {
      const message = '415: Unsupported Media Type';
      throw new ApiFailure({ code: 415, reason: 'UnsupportedMediaType', message, details: {} });
    }
    const result = this.#writer.patch(key, kind, parseBody(request), {
      manager: managerOf(request),
      strict: isStrict(request),
    });
    return this.#written(key, request, 'kubernetes-patch', result);
  }

  #apply(key: ObjectKey, request: ApiRequest): WriteResult {
    const manager = request.query.get('fieldManager') ?? '';
    if (manager === '') throw missingFieldManager();
    const intent = parseObjectBody(request);
    const { apiVersion, kind } = intent;
    if (apiVersion !== key.kind.apiVersion || kind !== key.kind.kind) {
      throw badRequest(`invalid object type: ${asText(apiVersion)}, Kind=${asText(kind)}`);
    }
    checkNames(key, intent);
    return this.#writer.apply(key, intent, { manager, force: request.query.get('force') === 'true' });
  }

  #delete(key: ObjectKey, request: ApiRequest): ApiAnswer {
    const object = this.#writer.delete(key);
    const { kind, name } = key;
    this.#noteWrite(key, request, 'kubernetes-delete', true);
    const details = {
      name,
      ...(kind.group === '' ? {} : { group: kind.group }),
      kind: kind.plural,
      uid: at(object, 'metadata', 'uid'),
    };
    return { status: 200, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details } };
  }

  #written(key: ObjectKey, request: ApiRequest, kind: KubernetesWrite['kind'], result: WriteResult): ApiAnswer {
    this.#noteWrite(key, request, kind, result.changed);
    return { status: result.created ? 201 : 200, body: result.object };
  }

  #noteWrite(key: ObjectKey, request: ApiRequest, kind: KubernetesWrite['kind'], changed: boolean): void {
    this.#note({
      actor: request.caller.actor,
      kind,
      object: { kind: key.kind.kind, namespace: key.namespace, name: key.name },
      fieldManager: managerOf(request),
      changed,
    });
  }
}

const isStrict = (request: ApiRequest): boolean => request.query.get('fieldValidation') === 'Strict';

const managerOf = (request: ApiRequest): string => request.query.get('fieldManager') ?? 'unknown';

/** JSON is YAML, so bodies of an apply are read as JSON as well. */
const parseBody = ({ body }: ApiRequest): Json => {
  try {
    return JSON.parse(body) as Json;
  } catch {
    throw badRequest('error decoding the body: it is not JSON');
  }
};

const parseObjectBody = (request: ApiRequest): JsonObject => {
  const body = parseBody(request);
  if (!isObject(body)) throw badRequest('error decoding the body: it is not an object');
  return body;
};

const checkNames = (key: ObjectKey, body: JsonObject): void => {
  const { name = key.name, namespace = key.namespace } = asObject(body.metadata);
  if (name !== key.name) {
    throw badRequest(`the name of the object (${asText(name)}) does not match the name on the URL (${key.name})`);
  }
  if (key.kind.namespaced && namespace !== key.namespace) {
    throw badRequest(
      `the namespace of the object (${asText(namespace)}) does not match the namespace on the URL (${key.namespace})`,
    );
  }
};
