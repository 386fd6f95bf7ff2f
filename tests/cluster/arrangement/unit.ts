import { ObjectApplier, type Protection, type Removal } from '@charm-ts/vpn-gateway';
import type { ClusterFacts } from '@charm-ts/vpn-gateway';
import { discoverCluster } from '@charm-ts/vpn-gateway';
import { ApplierHooks } from '../../real/kube/juju/applier-hook.js';
import type { JujuApplication } from '../../real/kube/juju/juju-application.js';
import { PodRoot } from '../../real/kube/juju/pod-root.js';
import type { RealApiServer } from '../../real/kube/api/real-api-server.js';
import { inContainer } from './kubectl.js';
import { until } from './until.js';

interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state: {
    readonly terminated?: { readonly exitCode: number; readonly startedAt: string; readonly finishedAt: string };
  };
}

/** A pod as the node reports it. */
export interface PodReport {
  readonly uid: string;
  readonly address: string;
  readonly isReady: boolean;
  /** Names of the init containers in the order in which they ended, each with its exit code: `charm-init 0`. */
  readonly ended: readonly string[];
  readonly containers: readonly string[];
  readonly restarts: number;
}

interface PodObject {
  readonly metadata: { readonly uid: string; readonly deletionTimestamp?: string };
  readonly status: {
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

/** Unit 0 of an application: its pod on the node, and its charm's hooks, which run in this process with its service account. */
export class ClusterUnit {
  readonly #api: RealApiServer;
  readonly #juju: JujuApplication;
  readonly #hooks: ApplierHooks;
  readonly #root: PodRoot;
  readonly #kube: Awaited<ReturnType<PodRoot['connect']>>;

  private constructor(
    api: RealApiServer,
    juju: JujuApplication,
    root: PodRoot,
    kube: Awaited<ReturnType<PodRoot['connect']>>,
  ) {
    this.#api = api;
    this.#juju = juju;
    this.#root = root;
    this.#kube = kube;
    this.#hooks = new ApplierHooks(kube, juju.name);
  }

  static async of(api: RealApiServer, juju: JujuApplication): Promise<ClusterUnit> {
    const root = new PodRoot(api, { namespace: juju.namespace, token: await juju.token() });
    return new ClusterUnit(api, juju, root, await root.connect());
  }

  get pod(): string {
    return `${this.#juju.name}-0`;
  }

  discover(apiAddresses: readonly string[]): Promise<ClusterFacts> {
    return discoverCluster({ api: this.#kube, apiAddresses, root: this.#root.path });
  }

  async reconcile(desired: Protection): Promise<string> {
    const { outcome } = await this.#hooks.run((charm) => this.#applier(charm).reconcile(desired, { look: true }));
    return outcome.kind;
  }

  async takeBack(removal: Removal): Promise<string> {
    const { outcome } = await this.#hooks.run((charm) => this.#applier(charm).remove(removal, { write: true }));
    return outcome.kind;
  }

  /** The pod, or undefined while there is none or it is going. */
  async report(): Promise<PodReport | undefined> {
    const { status, body } = await this.#api.send({
      verb: 'GET',
      path: this.#juju.path('api/v1/pods', this.pod),
      user: 'juju',
    });
    const pod = body as PodObject;
    if (status !== 200 || pod.metadata.deletionTimestamp !== undefined) return undefined;
    const { podIP = '', conditions = [], initContainerStatuses = [], containerStatuses = [] } = pod.status;
    return {
      uid: pod.metadata.uid,
      address: podIP,
      isReady: conditions.some(({ type, status: value }) => type === 'Ready' && value === 'True'),
      ended: initContainerStatuses
        .flatMap(({ name, state: { terminated } }) => (terminated === undefined ? [] : { name, ...terminated }))
        .sort((left, right) => left.finishedAt.localeCompare(right.finishedAt))
        .map(({ name, exitCode }) => `${name} ${String(exitCode)}`),
      containers: containerStatuses.map(({ name }) => name).sort(),
      restarts: [...initContainerStatuses, ...containerStatuses].reduce(
        (sum, { restartCount }) => sum + restartCount,
        0,
      ),
    };
  }

  /** Waits for a ready pod, another one than `before` if that is given. */
  async ready(before?: string): Promise<PodReport> {
    const report = await until(
      () => this.report(),
      (pod) => pod !== undefined && pod.isReady && pod.uid !== before,
    );
    if (report === undefined || !report.isReady || report.uid === before)
      throw new Error(`${this.pod} does not become ready: ${JSON.stringify(report)}`);
    return report;
  }

  run(container: string, ...command: readonly string[]): Promise<string> {
    return inContainer(this.#juju.namespace, this.pod, container, ...command);
  }

  close(): void {
    this.#root.remove();
  }

  #applier(charm: ConstructorParameters<typeof ObjectApplier>[0]): ObjectApplier {
    return new ObjectApplier(charm, { fieldManager: `${this.#juju.name}-vpn` });
  }
}
