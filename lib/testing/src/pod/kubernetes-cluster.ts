import type { PlainObject } from '../juju-objects/plain-object.js';
import type { Cluster, ClusterRef, ClusterWrite } from './cluster.js';

/** TEMPORARY: objects without a server. */
export class KubernetesCluster implements Cluster {
  readonly host = '127.0.0.1';
  readonly port = 1;
  readonly caCertificate = '';
  readonly #objects = new Map<string, PlainObject>();
  readonly #writers = new Set<(write: ClusterWrite) => void>();

  static start(): Promise<KubernetesCluster> {
    return Promise.resolve(new KubernetesCluster());
  }
  get(ref: ClusterRef): PlainObject | undefined {
    return this.#objects.get(key(ref));
  }
  list(kind?: string): readonly PlainObject[] {
    return [...this.#objects.values()].filter((object) => kind === undefined || object.kind === kind);
  }
  put(object: PlainObject): void {
    const { name, namespace } = object.metadata;
    const ref = { apiVersion: object.apiVersion, kind: object.kind, name };
    this.#objects.set(key(namespace === undefined ? ref : { ...ref, namespace }), object);
  }
  delete(ref: ClusterRef): void {
    this.#objects.delete(key(ref));
  }
  token(): string {
    return 'token';
  }
  setTrust(): void {
    return;
  }
  onWrite(listener: (write: ClusterWrite) => void): () => void {
    this.#writers.add(listener);
    return () => this.#writers.delete(listener);
  }
  reset(): void {
    this.#objects.clear();
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
}
const key = (ref: ClusterRef): string => `${ref.kind} ${ref.namespace ?? ''} ${ref.name}`;
