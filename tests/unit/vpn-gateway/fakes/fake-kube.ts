import {
  KubeApiError,
  type KubeApi,
  type KubeApiErrorCode,
  type KubeObject,
  type ObjectQuery,
  type ObjectRef,
} from '@charm-ts/ops';

type Json = Record<string, unknown>;
const keyOf = ({ kind, name }: { kind: string; name: string }): string => `${kind} ${name}`;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const mergeKeys: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
};

/** Appends or merges list items by key, as a server-side apply does. */
const merge = (base: unknown, intent: unknown, field = ''): unknown => {
  const key = mergeKeys[field];
  if (Array.isArray(base) && Array.isArray(intent) && key !== undefined) {
    const own: readonly unknown[] = intent;
    const result: unknown[] = base.map((item: unknown) => {
      const ours = own.find((mine) => isObject(mine) && isObject(item) && mine[key] === item[key]);
      return ours === undefined ? item : merge(item, ours);
    });
    const known = base.map((item: unknown) => (isObject(item) ? item[key] : undefined));
    return [...result, ...own.filter((mine) => isObject(mine) && !known.includes(mine[key]))];
  }
  if (!isObject(base) || !isObject(intent)) return intent;
  const names = new Set([...Object.keys(base), ...Object.keys(intent)]);
  return Object.fromEntries(
    [...names].map((name) => [name, name in intent ? merge(base[name], intent[name], name) : base[name]]),
  );
};

/** A cluster in memory: what others made, and for each field manager what it applied on top. */
export class FakeKube implements KubeApi {
  readonly namespace = 'media';
  readonly #base = new Map<string, KubeObject>();
  readonly #intents = new Map<string, Map<string, KubeObject>>();
  /** Every write, e.g. `apply NetworkPolicy sabnzbd-vpn-killswitch`. */
  readonly writes: string[] = [];
  reads = 0;
  /** Answers that a verb and kind get instead, e.g. `apply ConfigMap`; `*` for all. */
  readonly failures = new Map<string, KubeApiErrorCode>();

  put(object: KubeObject): void {
    this.#base.set(keyOf({ kind: object.kind, name: object.metadata.name }), object);
  }

  object(kind: string, name: string): KubeObject | undefined {
    const key = keyOf({ kind, name });
    let live: unknown = this.#base.get(key);
    for (const [manager, intent] of this.#intents.get(key) ?? []) {
      const { metadata } = intent;
      const managed = { ...intent, metadata: { ...metadata, managedFields: [{ manager, operation: 'Apply' }] } };
      live = live === undefined ? managed : merge(live, managed);
    }
    return live as KubeObject | undefined;
  }

  get(ref: ObjectRef): Promise<KubeObject | undefined> {
    this.reads += 1;
    return this.#answer('get', ref.kind, () => this.object(ref.kind, ref.name));
  }

  list(query: ObjectQuery): Promise<readonly KubeObject[]> {
    this.reads += 1;
    const [label, value] = (query.labelSelector ?? '').split('=');
    return this.#answer('list', query.kind, () =>
      [...this.#base.values()].filter(
        ({ kind, metadata }) =>
          kind === query.kind &&
          (query.namespace === undefined || query.namespace === 'all' || metadata.namespace === query.namespace) &&
          (label === undefined || label === '' || metadata.labels?.[label] === value),
      ),
    );
  }

  apply(object: KubeObject, { fieldManager }: { fieldManager: string }): Promise<KubeObject> {
    return this.#answer('apply', object.kind, () => {
      const key = keyOf({ kind: object.kind, name: object.metadata.name });
      const intents = this.#intents.get(key) ?? new Map<string, KubeObject>();
      if (Object.keys(object).length === 3) intents.delete(fieldManager);
      else intents.set(fieldManager, object);
      this.#intents.set(key, intents);
      this.writes.push(`apply ${key}`);
      return object;
    });
  }

  patch(ref: ObjectRef, body: unknown): Promise<KubeObject> {
    return this.#answer('patch', ref.kind, () => {
      this.writes.push(`patch ${keyOf(ref)} ${JSON.stringify(body)}`);
      return (
        this.object(ref.kind, ref.name) ?? { apiVersion: ref.apiVersion, kind: ref.kind, metadata: { name: ref.name } }
      );
    });
  }

  delete(ref: ObjectRef): Promise<boolean> {
    return this.#answer('delete', ref.kind, () => {
      const key = keyOf(ref);
      const found = this.object(ref.kind, ref.name) !== undefined;
      this.#base.delete(key);
      this.#intents.delete(key);
      if (found) this.writes.push(`delete ${key}`);
      return found;
    });
  }

  /** What the StatefulSet controller does after a change: the pod of the unit is made from the template. */
  replacePod(app: string, number = 0): void {
    const template = this.object('StatefulSet', app)?.['spec'] as { template: { metadata: Json; spec: Json } };
    this.put({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...template.template.metadata, name: `${app}-${number}`, namespace: 'media' },
      spec: template.template.spec,
    });
  }

  #answer<T>(verb: string, kind: string, answer: () => T): Promise<T> {
    const code = this.failures.get(`${verb} ${kind}`) ?? this.failures.get(verb) ?? this.failures.get('*');
    if (code === undefined) return Promise.resolve(answer());
    const conflicts = [{ manager: 'kubectl-edit', field: '.spec.template' }];
    return Promise.reject(
      new KubeApiError(code, `cannot ${verb} ${kind}`, code === 'kubernetes-field-conflict' ? { conflicts } : {}),
    );
  }
}

/** The StatefulSet that Juju makes for an application with one workload container. */
export const jujuStatefulSet = (app: string, workload: string): KubeObject => {
  const labels = { 'app.kubernetes.io/name': app };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: app, namespace: 'media', labels },
    spec: {
      template: {
        metadata: { labels, annotations: { 'juju.is/version': '3.6.9' } },
        spec: {
          initContainers: [{ name: 'charm-init', image: 'jujud-operator:3.6.9' }],
          containers: [
            { name: 'charm', image: 'charm-base:ubuntu-24.04' },
            { name: workload, image: 'workload:1', securityContext: { runAsUser: 0, runAsGroup: 0 } },
          ],
          volumes: [{ name: 'charm-data', emptyDir: {} }],
        },
      },
    },
  };
};

/** A cluster with DNS, API server and one node. */
export const clusterObjects: readonly KubeObject[] = [
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kube-dns', namespace: 'kube-system' },
    spec: { clusterIP: '10.152.183.10' },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kubernetes', namespace: 'default' },
    spec: { clusterIP: '10.152.183.1', ports: [{ name: 'https', port: 443 }] },
  },
  {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'kubernetes', namespace: 'default', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
    ports: [{ port: 16443 }],
    endpoints: [{ addresses: ['192.168.7.9'] }],
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'controller-service', namespace: 'controller-mk8s' },
    spec: { clusterIP: '10.152.183.61' },
  },
  {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node-1' },
    spec: { podCIDR: '10.1.0.0/24', podCIDRs: ['10.1.0.0/24'] },
    status: {
      addresses: [
        { type: 'InternalIP', address: '192.168.7.9' },
        { type: 'Hostname', address: 'node-1' },
      ],
    },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'ServiceCIDR',
    metadata: { name: 'kubernetes' },
    spec: { cidrs: ['10.152.183.0/24'] },
  },
];
