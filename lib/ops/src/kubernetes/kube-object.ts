/** Metadata of a Kubernetes object, as far as charms read it. */
export interface KubeObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly uid?: string;
  /** Counts changes of the spec; unlike `resourceVersion` it stands still while only the status moves. */
  readonly generation?: number;
  readonly resourceVersion?: string;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly [field: string]: unknown;
}

/** A Kubernetes object as plain JSON: nothing is dropped on the way, whatever the kind. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: KubeObjectMeta;
  readonly [field: string]: unknown;
}

/** Names one object. A namespaced kind without `namespace` is looked for in {@link KubeApi.namespace}. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** Names a collection; `namespace: 'all'` spans the cluster. */
export interface ObjectQuery {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  /** In the syntax of `kubectl -l`: `app.kubernetes.io/name=gluetun`. */
  readonly labelSelector?: string;
}
