import type {
  CharmMetadata,
  CheckInfo,
  ContainerName,
  EndpointName,
  HookEvent,
  KubeApi,
  Layer,
  ServiceInfo,
  SettableStatus,
} from '@charm-ts/ops';

// The parts of a charm that this library touches. `CharmBase` fits; a test passes a fake of a few lines.

/** A databag. */
export interface DatabagSeam {
  read(): Promise<Readonly<Record<string, string>>>;
  update(changes: Readonly<Record<string, string | undefined>>): Promise<boolean>;
}

/** A relation. */
export interface RelationSeam<E> {
  readonly id: number;
  readonly app: (E & { readonly name: string }) | undefined;
  data(entity: E): DatabagSeam;
}

/** A workload container. */
export interface ContainerSeam {
  readonly name: string;
  canConnect(): Promise<boolean>;
  addLayer(layer: Layer): Promise<boolean>;
  stop(...services: readonly string[]): Promise<void>;
  services(): Promise<readonly ServiceInfo[]>;
  check(name: string): Promise<CheckInfo | undefined>;
}

/** State that outlives the pod. */
export interface StateSeam {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void> | void;
  delete(key: string): Promise<void> | void;
}

/** The pod's own network namespace. */
export interface PodNetworkSeam {
  routes(): Promise<string>;
  ipv6Routes(): Promise<string>;
  httpGet(port: number, path: string, timeoutMs: number): Promise<{ readonly status: number; readonly body: string }>;
  /** A page of the world outside. */
  get(url: string, timeoutMs: number): Promise<{ readonly status: number; readonly body: string }>;
}

/** The dispatch. */
export interface FrameworkSeam {
  readonly event: HookEvent;
  readonly state: StateSeam;
  readonly podNetwork: PodNetworkSeam;
  readonly clock: { now(): Date; sleep(milliseconds: number): Promise<void> };
  readonly context: { readonly root: string; readonly apiAddresses: readonly string[] };
  readonly log: { debug(text: string): void; info(text: string): void; warning(text: string): void };
  kubeApi(): Promise<KubeApi>;
  atCommit(effect: () => Promise<void>): void;
}

/** The unit. */
export interface UnitSeam<M extends CharmMetadata> {
  readonly name: string;
  isLeader(): Promise<boolean>;
  addStatus(status: SettableStatus): void;
  container(name: ContainerName<M>): ContainerSeam;
}

/** The application. */
export interface AppSeam {
  readonly name: string;
  plannedUnits(): Promise<number>;
}

/** A charm, as far as this library touches it. */
export interface CharmSeam<M extends CharmMetadata> {
  readonly meta: M;
  readonly framework: FrameworkSeam;
  readonly unit: UnitSeam<M>;
  readonly app: AppSeam;
  readonly model: {
    readonly name: string;
    relations(endpoint: EndpointName<M>): Promise<readonly RelationSeam<{ readonly name: string }>[]>;
  };
}
