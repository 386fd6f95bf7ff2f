import { unauthorized } from './access/authorize.js';
import { ServiceAccounts } from './access/service-accounts.js';
import type { Caller } from './access/service-accounts.js';
import { ApiFailure } from './objects/api-failure.js';
import { kindOf } from './objects/kinds.js';
import { ObjectStore } from './objects/object-store.js';
import type { ChangeListener, ObjectKey } from './objects/object-store.js';
import { ObjectWriter } from './objects/object-writer.js';
import { verbOf } from './server/api-request.js';
import { serverCertificate } from './server/certificate.js';
import { faultAnswer, Faults } from './server/faults.js';
import type { Fault } from './server/faults.js';
import { ResourceHandler } from './server/resource-handler.js';
import type { WriteNote } from './server/resource-handler.js';
import { parseResourceUrl } from './server/resource-url.js';
import { TlsListener } from './server/tls-listener.js';
import type { WireAnswer, WireRequest } from './server/tls-listener.js';
import type { KubernetesWrite, WriteRecorder } from './server/write-journal.js';

/** How the API server is set up. */
export interface KubernetesApiOptions {
  /** The time for `creationTimestamp` and `managedFields`; default: the machine's. */
  readonly now?: () => Date;
  /** Gets each write besides {@link KubernetesApi.journal}. */
  readonly journal?: WriteRecorder;
}

/**
 * A Kubernetes API server in memory, on a loopback port with TLS: what a charm's adapter, `kubectl` or another client sees of a cluster.
 * Its answers are compared with recorded ones of a real server.
 *
 * @example
 * ```ts
 * const api = await KubernetesApi.start();
 * const token = api.createServiceAccountToken('media', 'gluetun');
 * api.setTrust('media', 'gluetun', true);
 * // … connect to https://127.0.0.1:${api.port} with api.caCertificate and the token …
 * await api.close();
 * ```
 */
export class KubernetesApi {
  /** The objects. */
  readonly store: ObjectStore;
  /** The writing verbs without HTTP and without access rules, for the one who plays Juju or a controller. */
  readonly objects: ObjectWriter;
  readonly faults = new Faults();
  /** PEM. */
  readonly caCertificate: string;
  readonly #accounts = new ServiceAccounts();
  readonly #journal: KubernetesWrite[] = [];
  readonly #handler: ResourceHandler;
  readonly #now: () => Date;
  readonly #recorder: WriteRecorder | undefined;
  #listener: TlsListener | undefined;

  private constructor(caCertificate: string, options: KubernetesApiOptions) {
    this.caCertificate = caCertificate;
    this.#now = options.now ?? (() => new Date());
    this.#recorder = options.journal;
    this.store = new ObjectStore();
    this.objects = new ObjectWriter(this.store, this.#now);
    this.#handler = new ResourceHandler(this.#accounts, this.store, this.objects, (write) => {
      this.#note(write);
    });
  }

  static async start(options: KubernetesApiOptions = {}): Promise<KubernetesApi> {
    const certificate = await serverCertificate();
    const api = new KubernetesApi(certificate.certificate, options);
    api.#listener = await TlsListener.start(certificate, (request) => api.#answer(request));
    return api;
  }

  /** Stops listening and ends all connections; the objects stay. */
  async close(): Promise<void> {
    await this.#listener?.close();
    this.#listener = undefined;
  }

  /** On 127.0.0.1; 0 after {@link KubernetesApi.close}. */
  get port(): number {
    return this.#listener?.port ?? 0;
  }

  /** Every write so far. */
  get journal(): readonly KubernetesWrite[] {
    return this.#journal;
  }

  /** The token of cluster admin, which is what Juju's controller is. */
  get adminToken(): string {
    return this.#accounts.adminToken;
  }

  /**
   * A new token for an application's service account, which may next to nothing until {@link KubernetesApi.setTrust}.
   *
   * @param actor The name for the journal, such as `gluetun/0`.
   */
  createServiceAccountToken(namespace: string, application: string, actor = application): string {
    this.#ensureNamespace(namespace);
    return this.#accounts.createToken(namespace, application, actor);
  }

  /** What `juju trust` and `juju trust --remove` do. */
  setTrust(namespace: string, application: string, trusted: boolean): void {
    this.#accounts.setTrust(namespace, application, trusted);
  }

  /** Calls back after every change of an object; the result ends it. */
  on(_event: 'change', listener: ChangeListener): () => void {
    return this.store.onChange(listener);
  }

  /**
   * Names an object for {@link KubernetesApi.store} and {@link KubernetesApi.objects}.
   *
   * @throws Error for a kind that this server does not serve.
   */
  key(apiVersion: string, kind: string, name: string, namespace = ''): ObjectKey {
    const info = kindOf(apiVersion, kind);
    if (info === undefined) throw new Error(`this server does not serve the kind ${kind} of ${apiVersion}`);
    return { kind: info, namespace: info.namespaced ? namespace : '', name };
  }

  #ensureNamespace(name: string): void {
    const key = this.key('v1', 'Namespace', name);
    if (this.store.get(key) !== undefined) return;
    const labels = { 'kubernetes.io/metadata.name': name };
    const { object } = this.objects.create(key, { metadata: { name, labels } }, { manager: 'juju' });
    this.store.put(key.kind, { ...object, spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } });
  }

  #answer(request: WireRequest): WireAnswer {
    const url = parseResourceUrl(request.url.pathname);
    if (url === undefined) return { kind: 'answer', status: 404, body: '404 page not found\n' };
    const caller = this.#accounts.callerOf(request.authorization);
    const subject = {
      verb: verbOf(request.method, url),
      kind: url.kind?.kind ?? '',
      name: url.name,
      actor: caller?.actor ?? '',
    };
    const fault = this.faults.take(subject);
    if (fault !== undefined && !hasEffect(fault)) return fail(fault);
    const answer = this.#handle(request, url, caller);
    return fault === undefined ? answer : { kind: 'cut' };
  }

  #handle(
    request: WireRequest,
    url: NonNullable<ReturnType<typeof parseResourceUrl>>,
    caller: Caller | undefined,
  ): WireAnswer {
    try {
      if (caller === undefined) throw unauthorized();
      const { method, contentType, body } = request;
      const query = request.url.searchParams;
      return { kind: 'answer', ...this.#handler.handle({ method, url, query, contentType, body, caller }) };
    } catch (error) {
      if (error instanceof ApiFailure) return { kind: 'answer', status: error.code, body: error.body };
      throw error;
    }
  }

  #note(write: WriteNote): void {
    const { kind, namespace, name } = write.object;
    const target = namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
    const detail = `${target} by ${write.fieldManager}: ${write.changed ? 'changed' : 'no change'}`;
    this.#journal.push({ at: this.#now().getTime(), detail, ...write });
    this.#recorder?.record({ actor: write.actor, kind: write.kind, detail });
  }
}

const hasEffect = (fault: Fault): boolean => fault.kind === 'cut' && fault.effect === 'done';

const fail = (fault: Fault): WireAnswer => {
  if (fault.kind !== 'status') return { kind: fault.kind };
  const { code, body } = faultAnswer(fault.status);
  return {
    kind: 'answer',
    status: code,
    body,
    ...(fault.retryAfter === undefined ? {} : { retryAfter: fault.retryAfter }),
  };
};
