import type { Sandbox, Status } from '@charm-ts/testing';
import { BrokenPromiseError, effect, expectCount, expectInOrder } from './effects.js';
import type { Teller } from './teller.js';
import { newWireguardKey } from './wireguard-key.js';

const gateway = 'gluetun/0';
const client = 'sabnzbd/0';
/** How long a step may take, in milliseconds. */
const patience = 60_000;

/** Folders of the packed charms. */
export interface PackedCharms {
  readonly gluetun: string;
  readonly sabnzbd: string;
}

/** The main job from the first deployment to the last clean-up. Every promise is checked against the model's journal. */
export class Story {
  readonly #sandbox: Sandbox;
  readonly #teller: Teller;
  readonly #charms: PackedCharms;
  readonly #key = newWireguardKey();

  constructor(sandbox: Sandbox, teller: Teller, charms: PackedCharms) {
    this.#sandbox = sandbox;
    this.#teller = teller;
    this.#charms = charms;
  }

  async tell(): Promise<void> {
    await this.#deployGateway();
    await this.#configureGateway();
    await this.#deployClient();
    await this.#integrate();
    await this.#loseVpn();
    await this.#regainVpn();
    await this.#openAHole();
    await this.#removeRelation();
    this.#checkSecrecy();
  }

  async #deployGateway(): Promise<void> {
    this.#teller.say('juju deploy gluetun-k8s gluetun --trust');
    await this.#sandbox.deploy(this.#charms.gluetun, 'gluetun', { trust: true });
    await this.#reaches(gateway, 'blocked', /vpn-provider.*wireguard-private-key-secret/);
  }

  async #configureGateway(): Promise<void> {
    const mark = this.#sandbox.journal.length;
    this.#teller.say('juju add-secret vpn-key private-key#file=wg.key');
    const uri = this.#sandbox.addSecret('vpn-key', { 'private-key': this.#key });
    this.#teller.say('juju grant-secret vpn-key gluetun');
    this.#sandbox.grantSecret('vpn-key', 'gluetun');
    this.#teller.say(
      `juju config gluetun vpn-provider=mullvad wireguard-addresses=10.64.12.7/32 cluster-cidrs=10.1.0.0/16,10.152.183.0/24 wireguard-private-key-secret=${uri}`,
    );
    this.#sandbox.configure('gluetun', {
      'vpn-provider': 'mullvad',
      'wireguard-addresses': '10.64.12.7/32',
      'cluster-cidrs': '10.1.0.0/16,10.152.183.0/24',
      'wireguard-private-key-secret': uri,
    });
    await this.#reaches(gateway, 'active', /VPN connected \([0-9.]+\), 0 clients/);
    const entries = this.#sandbox.journal.since(mark);
    expectInOrder(entries, [
      effect('kubernetes-apply', gateway, /^NetworkPolicy media\/gluetun-vpn-gateway$/),
      effect('kubernetes-apply', gateway, /^ConfigMap media\/gluetun-gateway-settings$/),
      effect('kubernetes-apply', gateway, /^StatefulSet media\/gluetun$/),
      effect('pod-replaced', gateway, /gateway-sidecar/),
      effect('pebble-service', gateway, /gluetun active/),
    ]);
    expectCount(entries, effect('kubernetes-apply', gateway, /^StatefulSet/), 1);
    expectCount(entries, effect('pod-replaced', gateway, /./), 1);
  }

  async #deployClient(): Promise<void> {
    this.#teller.say('juju deploy sabnzbd-k8s sabnzbd --trust');
    await this.#sandbox.deploy(this.#charms.sabnzbd, 'sabnzbd', { trust: true });
    await this.#reaches(client, 'blocked', /vpn-gateway/);
  }

  async #integrate(): Promise<void> {
    const mark = this.#sandbox.journal.length;
    this.#teller.say('juju integrate gluetun sabnzbd');
    this.#sandbox.integrate('gluetun', 'sabnzbd');
    await this.#reaches(client, 'active', /VPN on \([0-9.]+\)/);
    await this.#reaches(gateway, 'active', /1 client/);
    const entries = this.#sandbox.journal.since(mark);
    expectInOrder(entries, [
      effect('kubernetes-apply', client, /^NetworkPolicy media\/sabnzbd-vpn-killswitch$/),
      effect('kubernetes-apply', client, /^ConfigMap media\/sabnzbd-gateway-client-config$/),
      effect('kubernetes-apply', client, /^StatefulSet media\/sabnzbd$/),
      effect('pod-replaced', client, /vpn-route-sidecar/),
      effect('pod-network', client, /^protected$/),
      effect('pebble-service', client, /sabnzbd active/),
    ]);
    expectCount(this.#sandbox.journal.entries, effect('pod-replaced', client, /./), 1);
  }

  async #loseVpn(): Promise<void> {
    const mark = this.#sandbox.journal.length;
    this.#teller.say('charm-sandbox workload gluetun/0 vpn down');
    this.#sandbox.vpn(gateway, 'down');
    await this.#reaches(gateway, 'waiting', /VPN lost/);
    await this.#reaches(client, 'waiting', /VPN lost: traffic is blocked/);
    const entries = this.#sandbox.journal.since(mark);
    expectCount(entries, effect('pebble-service', client, /sabnzbd inactive/), 0);
    expectCount(entries, effect('kubernetes-delete', client, /./), 0);
    // The check's failure is one event of the gateway, the changed databag one of the client.
    expectCount(entries, effect('hook-start', gateway, /./), 1);
    expectCount(entries, effect('hook-start', client, /./), 1);
  }

  async #regainVpn(): Promise<void> {
    this.#teller.say('charm-sandbox workload gluetun/0 vpn up');
    this.#sandbox.vpn(gateway, 'up');
    await this.#reaches(gateway, 'active', /VPN connected/);
    await this.#reaches(client, 'active', /VPN on/);
  }

  async #openAHole(): Promise<void> {
    const mark = this.#sandbox.journal.length;
    this.#teller.say('ip -6 route add default dev eth0, in the pod of sabnzbd');
    const pod = this.#sandbox.pod(client);
    pod.force('second-ipv6-default');
    await this.#reaches(client, 'waiting', /path not verified|verifying the path/);
    const entries = this.#sandbox.journal.since(mark);
    expectInOrder(entries, [
      effect('pebble-check', client, /vpn-route down/),
      effect('hook-start', client, /^sabnzbd-pebble-check-failed$/),
      effect('pebble-service', client, /sabnzbd inactive/),
    ]);
    this.#teller.say('ip -6 route del default dev eth0, in the pod of sabnzbd');
    pod.force(undefined);
    await this.#reaches(client, 'active', /VPN on/);
  }

  async #removeRelation(): Promise<void> {
    const mark = this.#sandbox.journal.length;
    this.#teller.say('juju remove-relation gluetun sabnzbd');
    this.#sandbox.removeRelation('gluetun', 'sabnzbd');
    await this.#reaches(client, 'blocked', /vpn-gateway/);
    await this.#sandbox.waitFor(
      () => this.#sandbox.cluster.list().every(({ metadata }) => metadata.name !== 'sabnzbd-vpn-killswitch'),
      'the last object of the client gone',
    );
    await this.#settled();
    expectInOrder(this.#sandbox.journal.since(mark), [
      effect('pebble-service', client, /sabnzbd inactive/),
      effect('kubernetes-apply', client, /^StatefulSet media\/sabnzbd$/),
      effect('pod-replaced', client, /^(?!.*vpn-route-sidecar)/),
      effect('kubernetes-delete', client, /^NetworkPolicy media\/sabnzbd-vpn-killswitch$/),
    ]);
  }

  /** The key may be in Juju's secret and in one file of one container, and nowhere else. */
  #checkSecrecy(): void {
    const { journal, logs, cluster, model } = this.#sandbox;
    const places: Readonly<Record<string, unknown>> = {
      journal: journal.entries,
      logs,
      'Kubernetes objects': cluster.list(),
      databags: [...model.relations.values()],
      'the plan of Pebble': this.#sandbox.pod(gateway).container('gluetun').plan,
    };
    for (const [place, content] of Object.entries(places)) {
      if (JSON.stringify(content).includes(this.#key)) throw new BrokenPromiseError(`the private key is in ${place}`);
    }
  }

  async #reaches(unit: string, name: string, message: RegExp): Promise<void> {
    const wanted = (status: Status): boolean => status.name === name && message.test(status.message);
    const what = `${unit} ${name}: ${message.source}`;
    await this.#teller.waiting(
      `${unit} to be ${name}`,
      this.#sandbox.waitFor(() => wanted(this.#sandbox.status(unit)), what, { within: patience }),
    );
    await this.#settled();
    const status = this.#sandbox.status(unit);
    if (!wanted(status)) throw new BrokenPromiseError(`${unit} is ${status.name}: ${status.message}`);
    const [failure] = this.#sandbox.failures;
    if (failure !== undefined)
      throw new BrokenPromiseError(`${failure.unit}: hook ${failure.hook} ended with an error`);
  }

  /** Runs what is due. */
  async #settled(): Promise<void> {
    await this.#sandbox.settle();
    this.#teller.flush();
  }
}
