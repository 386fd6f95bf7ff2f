import type { Caller } from '../access/service-accounts.js';
import type { AccessRequest } from '../access/authorize.js';
import type { ResourceUrl } from './resource-url.js';

/** A request as it came over the wire, its body still text. */
export interface ApiRequest {
  readonly method: string;
  readonly url: ResourceUrl;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: string;
  readonly caller: Caller;
}

/** What the server sends back. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

const verbs: Readonly<Record<string, AccessRequest['verb']>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** The verb of a request, in RBAC's words. */
export const verbOf = (method: string, url: ResourceUrl): AccessRequest['verb'] =>
  verbs[method] ?? (url.name === '' ? 'list' : 'get');
