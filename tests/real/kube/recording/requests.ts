import { type ApiRequest, type ApiUser, contentTypes } from '../api/api-request.js';

export const namespace = 'vpn-model';
export const charmManager = 'gluetun-k8s';

const collections = {
  StatefulSet: `/apis/apps/v1/namespaces/${namespace}/statefulsets`,
  ConfigMap: `/api/v1/namespaces/${namespace}/configmaps`,
  NetworkPolicy: `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`,
  Pod: `/api/v1/namespaces/${namespace}/pods`,
  Service: `/api/v1/namespaces/${namespace}/services`,
} as const;

export type Kind = keyof typeof collections;

/** Path of a collection, or of the object `name` in it. */
export function path(kind: Kind, name?: string): string {
  return name === undefined ? collections[kind] : `${collections[kind]}/${name}`;
}

export function get(
  target: string,
  query: Readonly<Record<string, string>> = {},
  user: ApiUser = 'trusted',
): ApiRequest {
  return { verb: 'GET', path: target, query, user };
}

export function remove(target: string, user: ApiUser = 'trusted'): ApiRequest {
  return { verb: 'DELETE', path: target, user };
}

/** Juju's own writes: manager `juju`, as cluster admin. */
export const juju = {
  create: (collection: string, body: unknown): ApiRequest => ({
    verb: 'POST',
    path: collection,
    query: { fieldManager: 'juju' },
    contentType: contentTypes.json,
    body,
    user: 'juju',
  }),
  replace: (target: string, body: unknown): ApiRequest => ({
    verb: 'PUT',
    path: target,
    query: { fieldManager: 'juju' },
    contentType: contentTypes.json,
    body,
    user: 'juju',
  }),
  patch: (target: string, body: unknown): ApiRequest => ({
    verb: 'PATCH',
    path: target,
    query: { fieldManager: 'juju' },
    contentType: contentTypes.strategic,
    body,
    user: 'juju',
  }),
};

/** Server-side apply by the charm. */
export function apply(
  target: string,
  body: unknown,
  options: { manager?: string; user?: ApiUser; dryRun?: boolean } = {},
): ApiRequest {
  const { manager = charmManager, user = 'trusted', dryRun = false } = options;
  return {
    verb: 'PATCH',
    path: target,
    query: { fieldManager: manager, fieldValidation: 'Strict', ...(dryRun ? { dryRun: 'All' } : {}) },
    contentType: contentTypes.apply,
    body,
    user,
  };
}

/** Any other patch by the charm. */
export function patch(
  target: string,
  type: 'strategic' | 'merge' | 'jsonPatch',
  body: unknown,
  user: ApiUser = 'trusted',
): ApiRequest {
  return {
    verb: 'PATCH',
    path: target,
    query: { fieldManager: charmManager },
    contentType: contentTypes[type],
    body,
    user,
  };
}
