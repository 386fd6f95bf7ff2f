import type { JsonObject } from '../json/json.js';
import { ApiFailure, qualified } from '../objects/api-failure.js';
import type { Caller, ServiceAccounts } from './service-accounts.js';
import { userName } from './service-accounts.js';

/** What a request wants to do, in the words of RBAC. */
export interface AccessRequest {
  readonly verb: 'get' | 'list' | 'create' | 'update' | 'patch' | 'delete';
  readonly group: string;
  readonly resource: string;
  /** Empty for what spans the cluster. */
  readonly namespace: string;
  /** Empty for a collection. */
  readonly name: string;
}

/** Whether the roles that Juju gives an application allow a request: everything with `--trust`, next to nothing without. */
export const isAllowed = (accounts: ServiceAccounts, caller: Caller, request: AccessRequest): boolean => {
  if (caller.kind === 'admin' || isReview(request)) return caller.kind !== 'anonymous';
  if (caller.kind === 'anonymous') return false;
  if (accounts.isTrusted(caller)) return true;
  const { verb, group, resource, namespace } = request;
  if (group !== '') return false;
  if (resource === 'namespaces') return verb === 'get' || verb === 'list';
  const isOwn = namespace === caller.namespace;
  return isOwn && ['pods', 'services'].includes(resource) && ['get', 'list', 'patch'].includes(verb);
};

/** Every account may ask what it is allowed to do. */
const isReview = ({ verb, resource }: AccessRequest): boolean =>
  verb === 'create' && resource === 'selfsubjectaccessreviews';

/** 403 in the words of the API server. */
export const forbidden = (caller: Caller, request: AccessRequest): ApiFailure => {
  const { verb, group, resource, namespace, name } = request;
  const what = `${qualified(resource, group)}${name === '' ? '' : ` "${name}"`}`;
  const scope = namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const details: JsonObject = {
    ...(name === '' ? {} : { name }),
    ...(group === '' ? {} : { group }),
    kind: resource,
  };
  return new ApiFailure({
    code: 403,
    reason: 'Forbidden',
    message: `${what} is forbidden: User "${userName(caller)}" cannot ${verb} resource "${resource}" in API group "${group}" ${scope}`,
    details,
  });
};

export const unauthorized = (): ApiFailure =>
  new ApiFailure({ code: 401, reason: 'Unauthorized', message: 'Unauthorized' });
