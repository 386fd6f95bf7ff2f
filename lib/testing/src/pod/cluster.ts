import type { PlainObject } from '../juju-objects/plain-object.js';
import { type Json, type JsonObject, KubernetesApi, type KubernetesWrite } from '../kubernetes/index.js';
import { kinds } from '../kubernetes/objects/kinds.js';

/** What names an object. */
export interface ClusterRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** One write that a charm's request brought to an object. */
export interface ClusterWrite {
  readonly verb: 'apply' | 'patch' | 'create' | 'replace' | 'delete';
  readonly kind: string;
  /** Empty for what spans the cluster. */
  readonly namespace: string;
  readonly name: string;
  readonly fieldManager: string;
  /** False: everything was as asked for already. */
  readonly changed: boolean;
  /** The unit whose pod sent it. */
  readonly unit: string;
}

/**
 * The cluster as Juju and the kubelet use it; charms reach the same objects over HTTPS. Starting one takes longer than all else in
 * a sandbox, so tests keep one and let each sandbox empty it.
 *
 * @example
 * const cluster = await Cluster.start();
 * const sandbox = await Sandbox.create({ cluster });
 * cluster.api.faults.next(2, { kind: 'status', status: 503 });
 */
export class Cluster {
  /** The server: its faults, its store. */
  readonly api: KubernetesApi;
  readonly host = '127.0.0.1';
  readonly #writers: Set<(write: ClusterWrite) => void>;

  private constructor(api: KubernetesApi, writers: Set<(write: ClusterWrite) => void>) {
    this.api = api;
    this.#writers = writers;
  }

  static async start(): Promise<Cluster> {
    const writers = new Set<(write: ClusterWrite) => void>();
    const record = (): void => {
      const write = api.journal.at(-1);
      if (write !== undefined) for (const writer of writers) writer(describe(write));
    };
    const api = await KubernetesApi.start({ journal: { record } });
    return new Cluster(api, writers);
  }

  get port(): number {
    return this.api.port;
  }

  get caCertificate(): string {
    return this.api.caCertificate;
  }

  get(ref: ClusterRef): PlainObject | undefined {
    const found = this.api.store.get(this.#key(ref));
    return found === undefined ? undefined : plain(found);
  }

  /** Objects of one kind in all namespaces, or of every kind. */
  list(kind?: string): readonly PlainObject[] {
    return kinds
      .filter((info) => kind === undefined || info.kind === kind)
      .flatMap((info) => this.api.store.list(info).map(plain));
  }

  /** Creates an object as Juju would, in the place of one that is there. One that a server has stored before is kept as it was. */
  put(object: PlainObject): void {
    const body = json(object);
    const key = this.#key(refOf(object));
    if (object.metadata['uid'] !== undefined && object.metadata['managedFields'] !== undefined) {
      this.api.store.put(key.kind, body);
      return;
    }
    this.api.store.remove(key);
    const { object: created } = this.api.objects.create(key, body, { manager: 'juju' });
    const { status } = body;
    if (status !== undefined) this.api.store.put(key.kind, { ...created, status });
  }

  /** A strategic merge patch as Juju's; nothing when the object is not there. */
  patch(ref: ClusterRef, body: Readonly<Record<string, unknown>>): void {
    const key = this.#key(ref);
    if (this.api.store.get(key) === undefined) return;
    this.api.objects.patch(key, 'strategic', json(body), { manager: 'juju' });
  }

  delete(ref: ClusterRef): void {
    this.api.store.remove(this.#key(ref));
  }

  /** A token for the service account of a unit's pod. */
  token(namespace: string, unit: string): string {
    return this.api.createServiceAccountToken(namespace, unit.split('/')[0] ?? unit, unit);
  }

  setTrust(namespace: string, app: string, trust: boolean): void {
    this.api.setTrust(namespace, app, trust);
  }

  /** Calls back for every write of a charm; the result ends it. */
  onWrite(listener: (write: ClusterWrite) => void): () => void {
    this.#writers.add(listener);
    return () => this.#writers.delete(listener);
  }

  /** Takes all objects and faults out. */
  reset(): void {
    this.api.faults.clear();
    for (const object of this.list()) this.delete(refOf(object));
  }

  async close(): Promise<void> {
    await this.api.close();
  }

  #key({ apiVersion, kind, namespace, name }: ClusterRef): ReturnType<KubernetesApi['key']> {
    return this.api.key(apiVersion, kind, name, namespace);
  }
}

function refOf({ apiVersion, kind, metadata }: PlainObject): ClusterRef {
  const { name, namespace } = metadata;
  return namespace === undefined ? { apiVersion, kind, name } : { apiVersion, kind, name, namespace };
}

function describe({ kind, object, fieldManager, changed, actor }: KubernetesWrite): ClusterWrite {
  const verbs = {
    'kubernetes-apply': 'apply',
    'kubernetes-patch': 'patch',
    'kubernetes-create': 'create',
    'kubernetes-replace': 'replace',
    'kubernetes-delete': 'delete',
  } as const;
  return { verb: verbs[kind], ...object, fieldManager, changed, unit: actor };
}

/** The store holds nothing but objects with kind, version and name. */
function plain(object: JsonObject): PlainObject {
  return object as unknown as PlainObject;
}

/** Drops what JSON does not have: members that are undefined. */
function json(value: Readonly<Record<string, unknown>>): JsonObject {
  const copy: Json = JSON.parse(JSON.stringify(value)) as Json;
  return copy as JsonObject;
}
