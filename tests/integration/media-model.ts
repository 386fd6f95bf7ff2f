import { type Charm, type Cluster, Sandbox, type SandboxOptions, VirtualClock } from '@charm-ts/testing';
import { ProwlarrCharm } from '../../charms/prowlarr-k8s/src/charm.js';
import { QbittorrentCharm } from '../../charms/qbittorrent-k8s/src/charm.js';
import { SabnzbdCharm } from '../../charms/sabnzbd-k8s/src/charm.js';
import { GluetunCharm } from '../../src/charm.js';
import { connectOn } from './connection.js';
import { mullvad, privateKey, secretOption } from './deployment.js';

/** The client charms of this repository, by application. */
export const mediaApps = ['sabnzbd', 'qbittorrent', 'prowlarr'] as const;
export type MediaAppName = (typeof mediaApps)[number];

/** Where an application keeps its settings. */
export const settingsFiles: Readonly<Record<MediaAppName, string>> = {
  sabnzbd: '/config/sabnzbd.ini',
  qbittorrent: '/config/qBittorrent/qBittorrent.conf',
  prowlarr: '/config/config.xml',
};
/** The credential that stands in them as it is. */
export const writtenCredential: Readonly<Record<MediaAppName, string>> = {
  sabnzbd: 'api-key',
  qbittorrent: 'password-hash',
  prowlarr: 'api-key',
};

const charms: Readonly<Record<MediaAppName, Charm>> = {
  sabnzbd: SabnzbdCharm,
  qbittorrent: QbittorrentCharm,
  prowlarr: ProwlarrCharm,
};

/** One gateway and the three clients in a model. */
export class MediaModel {
  readonly sandbox: Sandbox;
  #uri = '';

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  static async empty(cluster: Cluster, options: Omit<SandboxOptions, 'cluster' | 'connect'> = {}): Promise<MediaModel> {
    const clock = options.clock ?? new VirtualClock();
    return new MediaModel(await Sandbox.create({ cluster, connect: connectOn(clock), clock, ...options }));
  }

  /** All four deployed and configured, nothing integrated; settled. */
  static async deployed(cluster: Cluster): Promise<MediaModel> {
    const model = await MediaModel.empty(cluster);
    model.addSecret();
    await model.deployGluetun();
    for (const app of mediaApps) await model.deploy(app);
    model.grantSecret();
    model.setOptions();
    await model.settle();
    return model;
  }

  async deployGluetun(): Promise<void> {
    await this.sandbox.deploy(GluetunCharm, 'gluetun', { trust: true });
  }

  /** qBittorrent with the storage for downloads, the others without. */
  async deploy(app: MediaAppName): Promise<void> {
    const storage = app === 'qbittorrent' ? ['media'] : [];
    await this.sandbox.deploy(charms[app], app, { trust: true, storage });
  }

  addSecret(): void {
    this.#uri = this.sandbox.addSecret('vpn-key', { 'private-key': privateKey });
  }

  grantSecret(): void {
    this.sandbox.grantSecret('vpn-key', 'gluetun');
  }

  setOptions(): void {
    this.sandbox.configure('gluetun', { ...mullvad, [secretOption]: this.#uri });
  }

  integrate(app: MediaAppName): void {
    this.sandbox.integrate('gluetun', app);
  }

  settle(): Promise<void> {
    return this.sandbox.settle({ quiet: 15_000 });
  }

  /** `name: message` of each unit. */
  statuses(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      this.sandbox.model.units.map(({ name }) => {
        const { name: status, message } = this.sandbox.status(name);
        return [name, `${status}: ${message}`];
      }),
    );
  }

  /** Whether the workload of a unit runs. */
  service(unit: string): string {
    const [app = ''] = unit.split('/');
    const found = this.sandbox
      .pod(unit)
      .container(app)
      .services.find(({ name }) => name === app);
    return found?.current ?? 'absent';
  }

  /** A file of a client's workload. */
  file(unit: string, path: string): string | undefined {
    const [app = ''] = unit.split('/');
    return this.sandbox.pod(unit).container(app).files.read(path);
  }

  /** The secret that a client owns. */
  credentials(app: MediaAppName): Readonly<Record<string, string>> {
    const secret = [...this.sandbox.model.secrets.values()].find(({ owner }) => owner === app);
    return secret?.content(secret.latest) ?? {};
  }

  /** Names of what a client has made in Kubernetes. */
  objectsOf(app: MediaAppName): readonly string[] {
    return this.sandbox.cluster
      .list()
      .filter(({ metadata }) => metadata.name.startsWith(`${app}-vpn`) || metadata.name.startsWith(`${app}-gateway`))
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
      .sort();
  }

  /** Init containers and containers that are not Juju's. */
  podItems(app: MediaAppName): readonly string[] {
    const { template } = this.sandbox.pod(`${app}/0`);
    return [...template.initContainers, ...template.containers].filter((name) => name.startsWith('vpn-'));
  }

  /** What a client's sidecar goes by. */
  clientSettings(app: MediaAppName): string {
    const name = `${app}-gateway-client-config`;
    const found = this.sandbox.cluster.list('ConfigMap').find(({ metadata }) => metadata.name === name);
    return (found?.['data'] as Record<string, string> | undefined)?.['settings'] ?? '';
  }

  /** What a client tells the gateway. */
  published(app: MediaAppName): Readonly<Record<string, unknown>> {
    const relation = this.sandbox.model.relationsOf(app).find(({ isPeer }) => !isPeer);
    return JSON.parse(relation?.bag(app).read()['config'] ?? '{}') as Record<string, unknown>;
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }
}
