import { KubeApiError, type KubeApi, type KubeObject, type ObjectQuery, type ObjectRef } from '@charm-ts/ops';

/** Missing rights and kinds that a cluster does not have are not failures; an absent answer is. */
const skippable: readonly string[] = [
  'kubernetes-forbidden',
  'kubernetes-not-found',
  'kubernetes-invalid',
  'kubernetes-failed',
];

/** Reads objects that may be missing or out of reach: what cannot be read is left out, and its kind remembered. */
export class ClusterReader {
  readonly #api: KubeApi;
  readonly #unreadable = new Set<string>();

  constructor(api: KubeApi) {
    this.#api = api;
  }

  /** The model's namespace. */
  get namespace(): string {
    return this.#api.namespace;
  }

  /** Kinds that the service account may not read, sorted. */
  get unreadable(): readonly string[] {
    return [...this.#unreadable].sort();
  }

  /** @throws {@link KubeApiError} when the API server does not answer. */
  async list(query: ObjectQuery): Promise<readonly KubeObject[]> {
    return this.#tolerate(query.kind, () => this.#api.list(query), []);
  }

  /** @throws {@link KubeApiError} when the API server does not answer. */
  async get(ref: ObjectRef): Promise<KubeObject | undefined> {
    return this.#tolerate<KubeObject | undefined>(ref.kind, () => this.#api.get(ref), undefined);
  }

  /** The sentence with which the API server would refuse the object; empty when it would not. Nothing is written. */
  async refusal(object: KubeObject): Promise<string> {
    try {
      await this.#api.apply(object, { fieldManager: 'vpn-gateway-question', dryRun: true });
      return '';
    } catch (error) {
      if (!(error instanceof KubeApiError) || !skippable.includes(error.code)) throw error;
      return error.message;
    }
  }

  async #tolerate<T>(kind: string, read: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof KubeApiError) || !skippable.includes(error.code)) throw error;
      if (error.code === 'kubernetes-forbidden') this.#unreadable.add(kind);
      return otherwise;
    }
  }
}
