import { KubeApiError } from './kube-api-error.js';
import type { ObjectQuery, ObjectRef } from './kube-object.js';
import { resources } from './resources.js';

interface KindRef {
  readonly apiVersion: string;
  readonly kind: string;
}

const resourceOf = ({ apiVersion, kind }: KindRef) => {
  const resource = resources[`${apiVersion}/${kind}`];
  if (resource === undefined) {
    throw new KubeApiError(
      'kubernetes-failed',
      `the Kubernetes adapter does not know the kind ${kind} of ${apiVersion}; it knows ${Object.keys(resources).join(', ')}`,
    );
  }
  return resource;
};

const collectionPath = (ref: KindRef, namespace: string | undefined): string => {
  const { plural, namespaced } = resourceOf(ref);
  // Only the core group, whose apiVersion has no slash, lives below /api.
  const root = ref.apiVersion.includes('/') ? `/apis/${ref.apiVersion}` : `/api/${ref.apiVersion}`;
  return namespaced && namespace !== undefined
    ? `${root}/namespaces/${encodeURIComponent(namespace)}/${plural}`
    : `${root}/${plural}`;
};

/**
 * The URL path of one object.
 *
 * @throws {@link KubeApiError} for a kind that the table of resources does not have.
 */
export const objectPath = (ref: ObjectRef, defaultNamespace: string): string =>
  `${collectionPath(ref, ref.namespace ?? defaultNamespace)}/${encodeURIComponent(ref.name)}`;

/**
 * The URL path of a collection, across the cluster for the namespace `all`.
 *
 * @throws {@link KubeApiError} for a kind that the table of resources does not have.
 */
export const listPath = (query: ObjectQuery, defaultNamespace: string): string => {
  const namespace = query.namespace ?? defaultNamespace;
  return collectionPath(query, namespace === 'all' ? undefined : namespace);
};

/** `StatefulSet media/gluetun`, for messages. */
export const describeRef = (ref: ObjectRef, defaultNamespace: string): string =>
  resourceOf(ref).namespaced
    ? `${ref.kind} ${ref.namespace ?? defaultNamespace}/${ref.name}`
    : `${ref.kind} ${ref.name}`;
