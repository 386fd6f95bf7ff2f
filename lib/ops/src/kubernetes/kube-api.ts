import type { KubeObject, ObjectQuery, ObjectRef } from './kube-object.js';

export type { KubeObject, KubeObjectMeta, ObjectQuery, ObjectRef } from './kube-object.js';

/** How the body of a patch is meant. */
export type PatchType = 'strategic' | 'merge' | 'json';

/** The manager under whose name fields are owned. Never use one name for both `apply` and `patch`. */
export interface WriteOptions {
  readonly fieldManager: string;
  /** Asks what the API server would answer; nothing is written. */
  readonly dryRun?: boolean;
}

/** What to patch with: the manager's name and the meaning of the body. */
export interface PatchOptions extends WriteOptions {
  readonly type: PatchType;
}

/**
 * The Kubernetes API as charms use it: five verbs over plain objects. Every call may throw a {@link KubeApiError}.
 *
 * @example
 * ```ts
 * const api = await framework.kubeApi();
 * await api.apply(
 *   { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { MTU: '1320' } },
 *   { fieldManager: 'gluetun-k8s' },
 * );
 * ```
 */
export interface KubeApi {
  /** The service account's namespace, which is the name of the Juju model. */
  readonly namespace: string;
  /** The object, or `undefined` where there is none. */
  get(ref: ObjectRef): Promise<KubeObject | undefined>;
  list(query: ObjectQuery): Promise<readonly KubeObject[]>;
  /**
   * Server-side apply, never with force. The object names only what this manager wants to own; what it named before and
   * leaves out now is removed, so an object of nothing but name and namespace takes everything of the manager's back.
   * An object that is missing is created.
   */
  apply(object: KubeObject, options: WriteOptions): Promise<KubeObject>;
  patch(ref: ObjectRef, body: unknown, options: PatchOptions): Promise<KubeObject>;
  /** `false`: it was not there. */
  delete(ref: ObjectRef): Promise<boolean>;
}
