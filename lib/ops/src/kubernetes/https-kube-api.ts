import type { Clock } from '../clock.js';
import type { KubeRequest, KubeResponse, SendRequest } from './https-request.js';
import { explainConnectionFailure } from './connection-failure.js';
import type { KubeApi, PatchOptions, PatchType, WriteOptions } from './kube-api.js';
import { KubeApiError } from './kube-api-error.js';
import type { KubeObject, ObjectQuery, ObjectRef } from './kube-object.js';
import { isWorthAnotherTry, mapFailure } from './map-failure.js';
import type { Attempt } from './map-failure.js';
import { parseList, parseObject } from './parse-object.js';
import { describeRef, listPath, objectPath } from './resource-path.js';
import { parseRetryAfter, withRetries } from './retry.js';
import type { TryOutcome } from './retry.js';

const patchContentTypes: Readonly<Record<PatchType, string>> = {
  strategic: 'application/strategic-merge-patch+json',
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
};
/** JSON is YAML, so an apply needs no YAML writer. */
const applyContentType = 'application/apply-patch+yaml';

/** What the five verbs need: a namespace for objects that name none, a way to send, and the time between tries. */
export interface HttpsKubeApiOptions {
  readonly namespace: string;
  readonly send: SendRequest;
  readonly clock: Clock;
}

/** {@link KubeApi} over HTTP, objects as plain JSON, with the few retries that a hook can afford. */
export class HttpsKubeApi implements KubeApi {
  readonly namespace: string;
  readonly #send: SendRequest;
  readonly #clock: Clock;

  constructor(options: HttpsKubeApiOptions) {
    this.namespace = options.namespace;
    this.#send = options.send;
    this.#clock = options.clock;
  }

  async get(ref: ObjectRef): Promise<KubeObject | undefined> {
    const attempt: Attempt = { verb: 'get', target: describeRef(ref, this.namespace) };
    const response = await this.#request(attempt, { method: 'GET', path: objectPath(ref, this.namespace) });
    return response === undefined ? undefined : parseObject(attempt, response.body);
  }

  async list(query: ObjectQuery): Promise<readonly KubeObject[]> {
    const attempt: Attempt = { verb: 'list', target: `${query.kind} in ${query.namespace ?? this.namespace}` };
    const selector =
      query.labelSelector === undefined ? '' : `?labelSelector=${encodeURIComponent(query.labelSelector)}`;
    const path = listPath(query, this.namespace) + selector;
    const response = await this.#request(attempt, { method: 'GET', path });
    // Kinds of a group that the cluster does not have (Cilium's, say) have no objects.
    return response === undefined ? [] : parseList(attempt, response.body, query);
  }

  async apply(object: KubeObject, options: WriteOptions): Promise<KubeObject> {
    const ref = { ...object.metadata, apiVersion: object.apiVersion, kind: object.kind };
    const attempt: Attempt = { verb: 'apply', target: describeRef(ref, this.namespace) };
    return this.#write(attempt, ref, options, applyContentType, object);
  }

  async patch(ref: ObjectRef, body: unknown, options: PatchOptions): Promise<KubeObject> {
    const attempt: Attempt = { verb: 'patch', target: describeRef(ref, this.namespace) };
    return this.#write(attempt, ref, options, patchContentTypes[options.type], body);
  }

  async delete(ref: ObjectRef): Promise<boolean> {
    const attempt: Attempt = { verb: 'delete', target: describeRef(ref, this.namespace) };
    const response = await this.#request(attempt, { method: 'DELETE', path: objectPath(ref, this.namespace) });
    return response !== undefined;
  }

  async #write(
    attempt: Attempt,
    ref: ObjectRef,
    { fieldManager, dryRun = false }: WriteOptions,
    contentType: string,
    body: unknown,
  ): Promise<KubeObject> {
    const query = new URLSearchParams({
      fieldManager,
      fieldValidation: 'Strict',
      ...(dryRun ? { dryRun: 'All' } : {}),
    });
    const path = `${objectPath(ref, this.namespace)}?${query.toString()}`;
    const request: KubeRequest = { method: 'PATCH', path, contentType, body: JSON.stringify(body) };
    const response = await this.#request(attempt, request);
    if (response === undefined)
      throw new KubeApiError(
        'kubernetes-not-found',
        `cannot ${attempt.verb} ${attempt.target}: there is no such object`,
        { status: 404, reason: 'NotFound' },
      );
    return parseObject(attempt, response.body);
  }

  /** `undefined`: 404. */
  async #request(attempt: Attempt, request: KubeRequest): Promise<KubeResponse | undefined> {
    return withRetries(() => this.#try(attempt, request), this.#clock);
  }

  async #try(attempt: Attempt, request: KubeRequest): Promise<TryOutcome<KubeResponse | undefined>> {
    let response: KubeResponse;
    try {
      response = await this.#send(request);
    } catch (cause) {
      const { message, again } = explainConnectionFailure(cause, request);
      const error = new KubeApiError('kubernetes-unavailable', `cannot ${attempt.verb} ${attempt.target}: ${message}`, {
        cause,
      });
      return { kind: 'failed', error, again };
    }
    if (response.status >= 200 && response.status < 300) return { kind: 'done', value: response };
    if (response.status === 404) return { kind: 'done', value: undefined };
    const error = mapFailure(attempt, response);
    const pause = parseRetryAfter(response.retryAfter, this.#clock.now());
    const again = isWorthAnotherTry(attempt, error);
    return { kind: 'failed', error, again, ...(pause === undefined ? {} : { pause }) };
  }
}
