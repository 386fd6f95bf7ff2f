import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelClock } from '../clock/model-clock.js';
import { TestingError } from '../errors/testing-error.js';
import { clusterNetwork } from '../juju-objects/cluster-objects.js';
import { PebbleDaemon, type PebbleEvent, type Volume } from '../pebble/index.js';
import type { PodCase, PodCaseName } from '../simulation/pod-case.js';
import { controlAnswer, controlPort } from '../simulation/gluetun-control.js';
import { addressSeenOutside } from '../simulation/outside.js';
import { caseNameOf, podFixture } from '../simulation/pod-fixtures.js';
import type { PodTemplate } from '../simulation/pod-template.js';
import { PodSimulation, type Settings, type SimulatedWorld } from '../simulation/pod-simulation.js';
import {
  firstForwardedPort,
  gluetunWorkload,
  ordinaryWorkload,
  type WorkloadSurroundings,
} from '../simulation/workloads.js';
import { LoopbackServer } from './loopback-server.js';

export interface PodOptions {
  readonly unit: string;
  /** Folder that stands for the pod's `/`; short, because Unix socket paths end at 107 bytes. */
  readonly root: string;
  readonly address: string;
  readonly namespace: string;
  readonly containers: readonly string[];
  readonly template: PodTemplate;
  readonly serviceAccount: { readonly token: string; readonly caCertificate: string };
  readonly clock: ModelClock;
  readonly world: SimulatedWorld;
  /** The settings of the pod's overlay ConfigMap as they are now. */
  readonly settings: () => Settings;
  readonly vpn: () => 'up' | 'down';
  /** The port that the VPN provider gives to a gateway that asks for one. */
  readonly forwardedPort?: () => number;
  readonly journal: (container: string, kind: string, detail: string) => void;
  /** Told when the pod's network begins to look like another case. */
  readonly onNetwork?: (name: string) => void;
  /** Containers whose Pebble does not answer. */
  readonly offline?: readonly string[];
  /** Images by container. */
  readonly images?: Readonly<Record<string, string>>;
  /** Text of files in a container's image, by container and path. */
  readonly files?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Volumes that a container mounts, by path. */
  readonly volumes?: (pod: string, container: string) => ReadonlyMap<string, Volume>;
  /** What the network looks like from the start, see `force`. */
  readonly force?: PodCaseName | PodCase | undefined;
  readonly onPebbleEvent: (container: string, event: PebbleEvent) => void;
}

/** The port of a sidecar that was given none. */
const defaultVerdictPort = 14_791;

/** A running pod: its file tree, the Pebble of each workload container, its network as the simulation sees it. */
export class Pod {
  readonly name: string;
  readonly unit: string;
  readonly uid = randomUUID();
  readonly root: string;
  readonly address: string;
  readonly template: PodTemplate;
  readonly containers: ReadonlyMap<string, PebbleDaemon>;
  readonly #options: PodOptions;
  readonly #simulation = new PodSimulation();
  readonly #refreshers: (() => void)[] = [];
  readonly #servers: LoopbackServer[] = [];
  #forced: PodCase | undefined;
  #current: PodCase = podFixture('no-overlay');
  #written: PodCase | undefined;

  private constructor(options: PodOptions) {
    this.#options = options;
    this.unit = options.unit;
    this.name = options.unit.replace('/', '-');
    this.root = options.root;
    this.address = options.address;
    this.template = options.template;
    this.containers = new Map(options.containers.map((name) => [name, this.#daemon(name)]));
  }

  static async start(options: PodOptions): Promise<Pod> {
    const pod = new Pod(options);
    pod.#writeServiceAccount();
    pod.#writeResolvConf();
    mkdirSync(pod.charmDir, { recursive: true });
    mkdirSync(join(pod.root, 'proc', 'net'), { recursive: true });
    pod.force(options.force);
    if (options.template.containers.includes('vpn-route-sidecar') || options.force !== undefined) {
      const socket = join(pod.root, 'run', 'loopback', `${pod.#verdictPort}.sock`);
      pod.#servers.push(await LoopbackServer.start(socket, () => pod.network.verdict));
    }
    const gluetun = pod.containers.get('gluetun');
    if (gluetun !== undefined) {
      const socket = join(pod.root, 'run', 'loopback', `${controlPort}.sock`);
      const image = options.images?.['gluetun'] ?? '';
      const page = (path: string) => (runs(gluetun, 'gluetun') ? controlAnswer(path, image) : undefined);
      pod.#servers.push(await LoopbackServer.start(socket, page));
    }
    pod.#servers.push(await LoopbackServer.start(join(pod.root, 'run', 'outside.sock'), () => pod.#outside));
    for (const [name, daemon] of pod.containers) {
      if (options.offline?.includes(name) !== true) await daemon.start();
    }
    return pod;
  }

  /** `JUJU_CHARM_DIR`. */
  get charmDir(): string {
    return join(this.agentDir, 'charm');
  }

  get agentDir(): string {
    return join(this.root, 'var', 'lib', 'juju', 'agents', `unit-${this.name}`);
  }

  /** What the pod's network looks like now. */
  get network(): PodCase {
    return this.#forced ?? this.#current;
  }

  /** Whether this is a gateway whose VPN is connected. */
  get tunnel(): 'up' | 'down' {
    const daemon = this.containers.get('gluetun');
    return daemon !== undefined && runs(daemon, 'gluetun') && this.#options.vpn() === 'up' ? 'up' : 'down';
  }

  /** Whether the world lets this pod's VPN connect. */
  get vpn(): 'up' | 'down' {
    return this.#options.vpn();
  }

  /** Whether the network is what `force` has made of it. */
  get isForced(): boolean {
    return this.#forced !== undefined;
  }

  get settings(): Settings {
    return this.#options.settings();
  }

  /**
   * The Pebble of a container.
   *
   * @throws TestingError `unknown-container`
   */
  container(name: string): PebbleDaemon {
    const found = this.containers.get(name);
    if (found === undefined) {
      const names = [...this.containers.keys()].join(', ');
      throw new TestingError('unknown-container', `pod ${this.name} has no container "${name}" (it has ${names})`);
    }
    return found;
  }

  /** Makes the pod look like a recorded case, or one of the test's own, until `force(undefined)`. */
  force(what: PodCaseName | PodCase | undefined): void {
    this.#forced = typeof what === 'string' ? podFixture(what) : what;
    this.refresh();
  }

  /** Looks at the world again and rewrites `/proc/net` where it changed. */
  refresh(): void {
    const now = this.#options.clock.now().getTime();
    this.#current = podFixture(this.#simulation.next(this.template, this.settings, this.#options.world, now));
    for (const refresh of this.#refreshers) refresh();
    if (this.#written === this.network) return;
    this.#written = this.network;
    this.#options.onNetwork?.(caseNameOf(this.network));
    writeFileSync(join(this.root, 'proc', 'net', 'route'), this.network.routes);
    writeFileSync(join(this.root, 'proc', 'net', 'ipv6_route'), this.network.ipv6Routes);
  }

  /** Ends the pod's programs; its files stay until the sandbox goes. */
  async stop(): Promise<void> {
    for (const daemon of this.containers.values()) await daemon.stop();
    for (const server of this.#servers) await server.close();
  }

  /** The world's answer to the question for the caller's address. */
  get #outside(): PodCase['verdict'] {
    const address = addressSeenOutside(this.network);
    return address === undefined ? undefined : { status: 200, body: `${address}\n` };
  }

  get #verdictPort(): number {
    return Number(this.settings['VERDICT_PORT'] ?? defaultVerdictPort);
  }

  #daemon(name: string): PebbleDaemon {
    const folder = join(this.root, 'charm', 'containers', name);
    mkdirSync(folder, { recursive: true });
    const surroundings: WorkloadSurroundings = {
      verdict: (port) => (port === this.#verdictPort ? this.network.verdict : 'not-a-sidecar'),
      vpn: this.#options.vpn,
      forwardedPort: this.#options.forwardedPort ?? (() => firstForwardedPort),
      anyServiceRuns: () =>
        [...this.containers.values()].some((daemon) => daemon.services.some((service) => service.current === 'active')),
    };
    const gluetun = name === 'gluetun' ? gluetunWorkload(surroundings) : undefined;
    const daemon = new PebbleDaemon({
      socketPath: join(folder, 'pebble.socket'),
      workload: gluetun ?? ordinaryWorkload(surroundings),
      clock: this.#options.clock,
      image: this.#options.files?.[name] ?? {},
      volumes: this.#options.volumes?.(this.name, name) ?? new Map(),
      journal: (kind, detail) => {
        this.#options.journal(name, kind, detail);
      },
    });
    if (gluetun !== undefined) {
      this.#refreshers.push(() => {
        gluetun.refresh({ files: daemon.files, isRunning: (service) => runs(daemon, service) });
      });
    }
    daemon.subscribe((event) => {
      this.#options.onPebbleEvent(name, event);
    });
    return daemon;
  }

  /** As the kubelet writes it. */
  #writeResolvConf(): void {
    const { namespace } = this.#options;
    mkdirSync(join(this.root, 'etc'), { recursive: true });
    writeFileSync(
      join(this.root, 'etc', 'resolv.conf'),
      `search ${namespace}.svc.cluster.local svc.cluster.local cluster.local\nnameserver ${clusterNetwork.dnsService}\noptions ndots:5\n`,
    );
  }

  #writeServiceAccount(): void {
    const folder = join(this.root, 'var', 'run', 'secrets', 'kubernetes.io', 'serviceaccount');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'token'), this.#options.serviceAccount.token);
    writeFileSync(join(folder, 'ca.crt'), this.#options.serviceAccount.caCertificate);
    writeFileSync(join(folder, 'namespace'), this.#options.namespace);
  }
}

function runs(daemon: PebbleDaemon, service: string): boolean {
  return daemon.services.some(({ name, current }) => name === service && current === 'active');
}
