import { type KubeApi, KubeApiError, type KubeObject, type ObjectRef } from '@charm-ts/ops';

const keyOf = ({ kind, name, namespace = 'media' }: ObjectRef): string => `${kind}/${namespace}/${name}`;

/** What it says to a Service with an address outside its range, which is asked to learn the range. */
const outsideServices = new KubeApiError('kubernetes-invalid', 'The range of valid IPs is 10.152.183.0/24', {
  status: 422,
});

/** An API server reduced to a map: enough for a charm whose writes are judged one by one. */
export class MemoryKube implements KubeApi {
  readonly namespace = 'media';
  readonly objects = new Map<string, KubeObject>();
  readonly applied: KubeObject[] = [];
  trusted = true;

  put(object: KubeObject): void {
    const { name, namespace } = object.metadata;
    this.objects.set(keyOf({ ...object, name, ...(namespace === undefined ? {} : { namespace }) }), object);
  }

  get(ref: ObjectRef): Promise<KubeObject | undefined> {
    return this.#answer(() => this.objects.get(keyOf(ref)));
  }

  list({ kind }: { readonly kind: string }): Promise<readonly KubeObject[]> {
    return this.#answer(() => [...this.objects.values()].filter((object) => object.kind === kind));
  }

  apply(object: KubeObject, { dryRun = false }: { readonly dryRun?: boolean } = {}): Promise<KubeObject> {
    if (dryRun && this.trusted) return Promise.reject(outsideServices);
    return this.#answer(() => {
      this.applied.push(object);
      this.put(object);
      return object;
    });
  }

  /** Only the annotation of a pod is ever patched. */
  patch({ kind, name }: ObjectRef): Promise<KubeObject> {
    return this.#answer(() => ({ apiVersion: 'v1', kind, metadata: { name } }));
  }

  delete(ref: ObjectRef): Promise<boolean> {
    return this.#answer(() => this.objects.delete(keyOf(ref)));
  }

  #answer<T>(value: () => T): Promise<T> {
    if (this.trusted) return Promise.resolve(value());
    return Promise.reject(new KubeApiError('kubernetes-forbidden', 'forbidden', { status: 403 }));
  }
}
