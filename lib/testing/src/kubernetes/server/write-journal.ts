/** One write that reached an object, whether or not it changed anything. */
export interface KubernetesWrite {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Whose token: `gluetun/0`, `juju`. */
  readonly actor: string;
  readonly kind:
    'kubernetes-apply' | 'kubernetes-patch' | 'kubernetes-create' | 'kubernetes-replace' | 'kubernetes-delete';
  /** One line for people: `StatefulSet media/gluetun by gluetun-k8s: changed`. */
  readonly detail: string;
  readonly object: { readonly kind: string; readonly namespace: string; readonly name: string };
  readonly fieldManager: string;
  readonly changed: boolean;
}

/** Something that keeps records: the journal of the Juju model, say. */
export interface WriteRecorder {
  record(entry: Pick<KubernetesWrite, 'actor' | 'kind' | 'detail'>): void;
}
