import { asObject, asText, withValue } from '../json/json.js';
import type { JsonObject } from '../json/json.js';
import type { KindInfo } from './kinds.js';

/** Names one object of a kind; the namespace of cluster-wide kinds is empty. */
export interface ObjectKey {
  readonly kind: KindInfo;
  readonly namespace: string;
  readonly name: string;
}

/** What became of an object. */
export interface ObjectChange {
  readonly type: 'added' | 'modified' | 'deleted';
  readonly kind: KindInfo;
  readonly object: JsonObject;
  /** What it was before; absent for an added one. */
  readonly previous?: JsonObject;
}

/** Receives changes in the order in which they happened. */
export type ChangeListener = (change: ObjectChange) => void;

/** The objects and the one counter of versions, as etcd has them. */
export class ObjectStore {
  readonly #objects = new Map<string, JsonObject>();
  readonly #listeners = new Set<ChangeListener>();
  #version = 1;
  #isTrial = false;

  /** A copy for writes that never happen: they get no version. */
  trial(): ObjectStore {
    const store = new ObjectStore();
    for (const [key, object] of this.#objects) store.#objects.set(key, object);
    store.#version = this.#version;
    store.#isTrial = true;
    return store;
  }

  /** The version of the newest write. */
  get version(): string {
    return String(this.#version);
  }

  get(key: ObjectKey): JsonObject | undefined {
    return this.#objects.get(path(key));
  }

  /** The objects of a kind by namespace and name; of one namespace where one is given. */
  list(kind: KindInfo, namespace?: string): readonly JsonObject[] {
    const prefix = `${kind.apiVersion} ${kind.kind} `;
    return [...this.#objects]
      .filter(([key]) => key.startsWith(namespace === undefined ? prefix : `${prefix}${namespace}/`))
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([, object]) => object);
  }

  /** Stores an object under the next version, and returns it with that. */
  put(kind: KindInfo, object: JsonObject): JsonObject {
    this.#version += this.#isTrial ? 0 : 1;
    const stored = this.#isTrial ? object : withValue(object, ['metadata', 'resourceVersion'], this.version);
    const key = path(keyOf(kind, stored));
    const previous = this.#objects.get(key);
    this.#objects.set(key, stored);
    this.#tell(
      previous === undefined
        ? { type: 'added', kind, object: stored }
        : { type: 'modified', kind, object: stored, previous },
    );
    return stored;
  }

  /** Takes an object away; `false` where there was none. */
  remove(key: ObjectKey): boolean {
    const object = this.get(key);
    if (object === undefined) return false;
    this.#version += 1;
    this.#objects.delete(path(key));
    this.#tell({ type: 'deleted', kind: key.kind, object, previous: object });
    return true;
  }

  /** Calls back after every change; the result ends it. */
  onChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(change: ObjectChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}

/** The key of an object that has its metadata. */
export const keyOf = (kind: KindInfo, object: JsonObject): ObjectKey => {
  const { namespace, name } = asObject(object.metadata);
  return { kind, namespace: asText(namespace), name: asText(name) };
};

const path = ({ kind, namespace, name }: ObjectKey): string => `${kind.apiVersion} ${kind.kind} ${namespace}/${name}`;
