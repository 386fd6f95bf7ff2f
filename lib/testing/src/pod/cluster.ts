import type { PlainObject } from '../juju-objects/plain-object.js';

/** What names an object. */
export interface ClusterRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** One accepted write of a charm. */
export interface ClusterWrite {
  readonly verb: 'apply' | 'patch' | 'create' | 'update' | 'delete';
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** The service account's application, or what the client called itself. */
  readonly user: string;
}

/** The cluster as Juju and the kubelet use it; charms reach the same objects over HTTPS. */
export interface Cluster {
  readonly host: string;
  readonly port: number;
  readonly caCertificate: string;
  get(ref: ClusterRef): PlainObject | undefined;
  /** Objects of one kind in all namespaces, or of every kind. */
  list(kind?: string): readonly PlainObject[];
  /** Creates or replaces, as Juju. */
  put(object: PlainObject): void;
  delete(ref: ClusterRef): void;
  /** A token for the application's service account. */
  token(namespace: string, app: string): string;
  setTrust(namespace: string, app: string, trust: boolean): void;
  /** Calls back for every accepted write of a charm; the result ends it. */
  onWrite(listener: (write: ClusterWrite) => void): () => void;
  /** Takes all objects out. */
  reset(): void;
  close(): Promise<void>;
}
