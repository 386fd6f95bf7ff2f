import { isAllowed } from '../access/authorize.js';
import type { AccessRequest } from '../access/authorize.js';
import type { Caller, ServiceAccounts } from '../access/service-accounts.js';
import { trackUpdate } from '../apply/track-update.js';
import { asObject, asText } from '../json/json.js';
import type { Json, JsonObject } from '../json/json.js';
import { metadataSchema } from '../schema/metadata-schema.js';
import { struct, text } from '../schema/schema.js';

const reviewSchema = struct({
  apiVersion: text,
  kind: text,
  metadata: metadataSchema,
  spec: struct({
    resourceAttributes: struct({
      namespace: text,
      verb: text,
      group: text,
      version: text,
      resource: text,
      subresource: text,
      name: text,
    }),
  }),
});
const knownVerbs = ['get', 'list', 'create', 'update', 'patch', 'delete'] as const;

/** Answers a `SelfSubjectAccessReview`: whether the caller itself may do something. */
export const reviewAccess = (accounts: ServiceAccounts, caller: Caller, body: Json): JsonObject => {
  const spec = asObject(asObject(body).spec);
  const attributes = asObject(spec.resourceAttributes);
  const verb = knownVerbs.find((known) => known === attributes.verb) ?? 'get';
  const request: AccessRequest = {
    verb,
    group: asText(attributes.group),
    resource: asText(attributes.resource),
    namespace: asText(attributes.namespace),
    name: asText(attributes.name),
  };
  const review = { kind: 'SelfSubjectAccessReview', apiVersion: 'authorization.k8s.io/v1', metadata: {}, spec };
  const time = `${new Date().toISOString().slice(0, 19)}Z`;
  const before = { metadata: {}, spec: {} };
  const tracked = trackUpdate({ schema: reviewSchema, before, after: review, manager: 'unknown', time });
  return { ...tracked, status: status(caller, isAllowed(accounts, caller, request)) };
};

const status = (caller: Caller, allowed: boolean): JsonObject => {
  if (!allowed || caller.kind !== 'service-account') return { allowed };
  const { namespace, name } = caller;
  const role = `"${namespace}-${name}"`;
  const reason = `RBAC: allowed by ClusterRoleBinding ${role} of ClusterRole ${role} to ServiceAccount "${name}/${namespace}"`;
  return { allowed, reason };
};
