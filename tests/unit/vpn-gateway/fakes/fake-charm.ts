import {
  type CharmMetadata,
  type CheckInfo,
  type EventSource,
  type HookEvent,
  KubeApiError,
  type KubeApi,
  type Layer,
  PebbleConnectionError,
  type PebbleError,
  PodNetworkError,
  type SettableStatus,
} from '@charm-ts/ops';
import type { RequirerCharm, RequirerOptions } from '@charm-ts/vpn-gateway';
import { closedIpv6, ipv4Table, overlayRoutes, route } from './route-tables.js';
import { clusterObjects, FakeKube, jujuStatefulSet } from './fake-kube.js';

export const metadata = {
  name: 'sabnzbd-k8s',
  containers: { sabnzbd: {} },
  provides: {},
  requires: { 'vpn-gateway': { interface: 'vpn-gateway', limit: 1 } },
  peers: {},
  options: {},
  actions: {},
  storage: {},
  resources: {},
} as const satisfies CharmMetadata;

/** What the pod's network looks like from inside. */
export interface PodSight {
  verdict: { status: number; body: string } | undefined;
  ipv4: string;
  ipv6: string;
  /** What the address service answers; nothing: no answer. */
  outside?: { status: number; body: string };
}

export const openPod = (): PodSight => ({
  verdict: undefined,
  ipv4: ipv4Table(route('eth0', '0.0.0.0/0'), route('eth0', '10.1.0.0/16')),
  ipv6: '',
});

export const closedPod = (): PodSight => ({
  verdict: { status: 200, body: 'ok: vxlan0 172.16.0.20\n' },
  ipv4: ipv4Table(...overlayRoutes),
  ipv6: closedIpv6,
  outside: { status: 200, body: '185.213.154.66\n' },
});

/** A workload container whose one service follows start and stop. */
export class FakeContainer {
  readonly name = 'sabnzbd';
  reachable = true;
  service: 'active' | 'inactive' | undefined;
  layers: Layer[] = [];
  checkStatus = 'up';
  /** What Pebble's answer to everything is while it is there and does not work. */
  failure: PebbleError | undefined;
  /** How a stop ends while the service goes on. */
  stopFailure: PebbleError | undefined;
  /** Why no layer is taken. */
  layerFailure: PebbleError | undefined;
  /** Services that were told to stop. */
  readonly told: string[] = [];

  canConnect(): Promise<boolean> {
    return Promise.resolve(this.reachable && this.failure === undefined);
  }

  async addLayer(layer: Layer): Promise<boolean> {
    await this.#reach();
    if (this.layerFailure !== undefined) throw this.layerFailure;
    if (this.layers.some(({ label }) => label === layer.label)) return false;
    this.layers.push(layer);
    return true;
  }

  async stop(...services: readonly string[]): Promise<void> {
    await this.#reach();
    this.told.push(...services);
    if (this.stopFailure !== undefined) throw this.stopFailure;
    if (this.service !== undefined) this.service = 'inactive';
  }

  async services() {
    await this.#reach();
    return this.service === undefined ? [] : [{ name: 'sabnzbd', startup: 'enabled', current: this.service }];
  }

  async check(name: string): Promise<CheckInfo | undefined> {
    await this.#reach();
    if (this.layers.length === 0) return undefined;
    return { name, startup: 'enabled', status: this.checkStatus, failures: 0, threshold: 1 };
  }

  #reach(): Promise<void> {
    if (!this.reachable) return Promise.reject(new PebbleConnectionError('no Pebble'));
    return this.failure === undefined ? Promise.resolve() : Promise.reject(this.failure);
  }
}

/** One unit over several hooks: Juju, Pebble, the pod's network and the cluster, all in memory. */
export class FakeUnit {
  readonly metadata = metadata;
  readonly kube: FakeKube;
  readonly name: string;
  readonly container = new FakeContainer();
  readonly state = new Map<string, string>();
  /** The gateway's databag; `undefined`: no relation. */
  theirs: Record<string, string> | undefined;
  ours: Record<string, string> = {};
  leader = true;
  planned = 1;
  /** Of the requirer. */
  options: RequirerOptions = {};
  pod: PodSight = openPod();
  /** Called whenever the charm sleeps. */
  onSleep: () => void = () => undefined;
  /** Starts, stops and Kubernetes writes, in order. */
  readonly journal: string[] = [];

  /** `kube`: another unit's cluster. */
  constructor({ name = 'sabnzbd/0', kube }: { readonly name?: string; readonly kube?: FakeKube } = {}) {
    this.name = name;
    this.kube = kube ?? new FakeKube();
    if (kube !== undefined) return;
    for (const object of clusterObjects) this.kube.put(object);
    this.kube.put(jujuStatefulSet('sabnzbd', 'sabnzbd'));
    this.kube.replacePod('sabnzbd');
  }

  /** Makes the pod that the template describes, with a fresh Pebble and the path that goes with it. */
  replacePod(sight: PodSight): void {
    this.kube.replacePod('sabnzbd', Number(this.name.split('/')[1]));
    this.container.service = undefined;
    this.container.layers = [];
    this.container.checkStatus = 'up';
    this.pod = sight;
  }

  /** Runs one hook. */
  async hook<T>(
    event: HookEvent,
    body: (charm: RequirerCharm<typeof metadata>) => Promise<T>,
  ): Promise<{ result: T; status: SettableStatus | undefined }> {
    const statuses: SettableStatus[] = [];
    const effects: (() => Promise<void>)[] = [];
    const removals: ((event: HookEvent & { kind: 'remove' }) => Promise<void>)[] = [];
    const charm = this.#charm(event, statuses, effects, removals);
    const result = await body(charm);
    if (event.kind === 'remove') for (const handler of removals) await handler(event as HookEvent & { kind: 'remove' });
    for (const effect of effects) await effect();
    const order = ['blocked', 'maintenance', 'waiting', 'active'] as const;
    const status = order.flatMap((name) => statuses.filter((candidate) => candidate.name === name)).at(0);
    return { result, status };
  }

  #charm(
    event: HookEvent,
    statuses: SettableStatus[],
    effects: (() => Promise<void>)[],
    removals: ((event: HookEvent & { kind: 'remove' }) => Promise<void>)[],
  ): RequirerCharm<typeof metadata> {
    const app = { name: 'sabnzbd', plannedUnits: () => Promise.resolve(this.planned) };
    const removeSource: EventSource<HookEvent & { kind: 'remove' }> = {
      description: 'remove',
      matches: (candidate): candidate is HookEvent & { kind: 'remove' } => candidate.kind === 'remove',
    };
    const relation = {
      id: 3,
      app: { name: 'gluetun' },
      data: (entity: { readonly name: string }) => ({
        read: () => Promise.resolve(entity.name === 'gluetun' ? (this.theirs ?? {}) : this.ours),
        update: (changes: Readonly<Record<string, string | undefined>>) => {
          const before = JSON.stringify(this.ours);
          for (const [key, value] of Object.entries(changes)) if (value !== undefined) this.ours[key] = value;
          return Promise.resolve(JSON.stringify(this.ours) !== before);
        },
      }),
    };
    return {
      meta: metadata,
      on: { remove: removeSource },
      app,
      unit: {
        name: this.name,
        isLeader: () => Promise.resolve(this.leader),
        addStatus: (status) => statuses.push(status),
        container: () => this.container,
      },
      model: {
        name: 'media',
        relations: () => Promise.resolve(this.theirs === undefined ? [] : [relation]),
      },
      framework: {
        event,
        observe: (_source, handler) => {
          removals.push(handler as (event: HookEvent & { kind: 'remove' }) => Promise<void>);
        },
        atCommit: (effect) => effects.push(effect),
        kubeApi: () => Promise.resolve<KubeApi>(this.kube),
        podNetwork: this.#network(),
        clock: {
          now: () => new Date(0),
          sleep: () => {
            this.onSleep();
            return Promise.resolve();
          },
        },
        context: { root: '/nowhere', apiAddresses: ['controller-service.controller-mk8s.svc.cluster.local:17070'] },
        log: { debug: () => undefined, info: () => undefined, warning: () => undefined },
        state: {
          get: (key) => Promise.resolve(this.state.get(key)),
          set: (key, value) => void this.state.set(key, value),
          delete: (key) => void this.state.delete(key),
        },
      },
    };
  }

  #network() {
    return {
      routes: () => Promise.resolve(this.pod.ipv4),
      ipv6Routes: () => Promise.resolve(this.pod.ipv6),
      httpGet: () =>
        this.pod.verdict === undefined
          ? Promise.reject(new PodNetworkError('connection refused'))
          : Promise.resolve(this.pod.verdict),
      get: (url: string) => {
        this.journal.push(`asked ${url}`);
        return this.pod.outside === undefined
          ? Promise.reject(new PodNetworkError(`GET ${url}: no answer within 8000 ms`))
          : Promise.resolve(this.pod.outside);
      },
    };
  }
}

export { KubeApiError };
