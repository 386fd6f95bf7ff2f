import { type Charm, type Cluster, Sandbox, type SandboxOptions, type Status, VirtualClock } from '@charm-ts/testing';
import { SabnzbdCharm } from '../../charms/sabnzbd-k8s/src/charm.js';
import { GluetunCharm } from '../../src/charm.js';
import { connectOn } from './connection.js';

/** A key of 32 bytes that nobody uses. */
export const privateKey = Buffer.from('a key that must not be anywhere!').toString('base64');

export const gateway = 'gluetun/0';
export const client = 'sabnzbd/0';
export const secretOption = 'wireguard-private-key-secret';

/** Everything that Mullvad needs, but for the secret. */
export const mullvad = {
  'vpn-provider': 'mullvad',
  'wireguard-addresses': '10.64.12.7/32',
  'cluster-cidrs': '10.1.0.0/16,10.152.183.0/24',
};

/** What the two applications are made from. */
export interface Charms {
  readonly gluetun: Charm;
  readonly sabnzbd: Charm;
}

const inProcess: Charms = { gluetun: GluetunCharm, sabnzbd: SabnzbdCharm };

/** gluetun and sabnzbd in one model, and what an operator does with them. */
export class Deployment {
  readonly sandbox: Sandbox;
  readonly #charms: Charms;
  #uri = '';

  private constructor(sandbox: Sandbox, charms: Charms) {
    this.sandbox = sandbox;
    this.#charms = charms;
  }

  static async empty(
    cluster: Cluster,
    { clock = new VirtualClock(), ...options }: Omit<SandboxOptions, 'cluster' | 'connect'> = {},
    charms: Charms = inProcess,
  ): Promise<Deployment> {
    return new Deployment(await Sandbox.create({ cluster, connect: connectOn(clock), clock, ...options }), charms);
  }

  /** Both deployed, configured and integrated; settled. */
  static async complete(cluster: Cluster, options: SandboxOptions = {}): Promise<Deployment> {
    const deployment = await Deployment.empty(cluster, options);
    deployment.addSecret();
    await deployment.deployGluetun();
    await deployment.deploySabnzbd();
    deployment.grantSecret();
    deployment.setOptions();
    deployment.integrate();
    await deployment.settle();
    return deployment;
  }

  /** Names of what Juju did not make. */
  get ours(): readonly string[] {
    return this.sandbox.cluster
      .list()
      .filter(({ metadata, kind }) => metadata.namespace === 'media' && kind !== 'Pod')
      .filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/managed-by'] !== 'juju')
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  }

  async deployGluetun({ trust = true, units = 1 } = {}): Promise<void> {
    await this.sandbox.deploy(this.#charms.gluetun, 'gluetun', { trust, units });
  }

  async deploySabnzbd({ trust = true } = {}): Promise<void> {
    await this.sandbox.deploy(this.#charms.sabnzbd, 'sabnzbd', { trust });
  }

  addSecret(content: Readonly<Record<string, string>> = { 'private-key': privateKey }): void {
    this.#uri = this.sandbox.addSecret('vpn-key', content);
  }

  grantSecret(): void {
    this.sandbox.grantSecret('vpn-key', 'gluetun');
  }

  setOptions(): void {
    this.sandbox.configure('gluetun', { ...mullvad, [secretOption]: this.#uri });
  }

  setOptionsWithoutSecret(): void {
    this.sandbox.configure('gluetun', mullvad);
  }

  setSecretOption(): void {
    this.sandbox.configure('gluetun', { [secretOption]: this.#uri });
  }

  integrate(): void {
    this.sandbox.integrate('gluetun', 'sabnzbd');
  }

  /** Until nothing happens for longer than the slowest check needs: two probes of the tunnel, six seconds apart. */
  settle(): Promise<void> {
    return this.sandbox.settle({ quiet: 15_000 });
  }

  /** What Juju sends to every unit each five minutes. */
  async updateStatus(unit?: string): Promise<void> {
    this.sandbox.updateStatus(unit);
    await this.settle();
  }

  /** `name: message`. */
  status(unit: string): string {
    const { name, message }: Status = this.sandbox.status(unit);
    return `${name}: ${message}`;
  }

  /** Whether the workload of a unit runs. */
  service(unit: string): string {
    const name = unit.split('/')[0] ?? unit;
    const found = this.sandbox
      .pod(unit)
      .container(name)
      .services.find((service) => service.name === name);
    return found?.current ?? 'absent';
  }

  /** What gluetun tells its client; undefined while it has told nothing. */
  published(): Readonly<Record<string, unknown>> | undefined {
    const [relation] = [...this.sandbox.model.relations.values()].filter(({ isPeer }) => !isPeer);
    const text = relation?.bag('gluetun').read()['config'];
    return text === undefined ? undefined : (JSON.parse(text) as Record<string, unknown>);
  }

  close(): Promise<void> {
    return this.sandbox.close();
  }
}
