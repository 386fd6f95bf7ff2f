import type { Sandbox, Status } from '@charm-ts/testing';
import { BrokenPromiseError, effect, expectCount, expectInOrder } from './effects.js';
import type { Teller } from './teller.js';
import { newWireguardKey } from './wireguard-key.js';

const gateway = 'gluetun/0';
/** The application whose relation goes and in whose pod a hole is made; the others must not notice. */
const first = 'sabnzbd';
const clients = [first, 'qbittorrent', 'prowlarr'] as const;
/** How long a step may take, in milliseconds. */
const patience = 60_000;

type Client = (typeof clients)[number];
const unitOf = (app: Client): string => `${app}/0`;
const others = clients.filter((app) => app !== first);

/** Folders of the packed charms, by application. */
export type PackedCharms = Readonly<Record<'gluetun' | Client, string>>;

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
    await this.#deployClients();
    await this.#integrate();
    await this.#loseVpn();
    await this.#regainVpn();
    await this.#openAHole();
    await this.#verify();
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

  async #deployClients(): Promise<void> {
    for (const app of clients) {
      this.#teller.say(`juju deploy ${app}-k8s ${app} --trust`);
      await this.#sandbox.deploy(this.#charms[app], app, { trust: true });
    }
    for (const app of clients) await this.#reaches(unitOf(app), 'blocked', /vpn-gateway/);
  }

  async #integrate(): Promise<void> {
    const mark = this.#sandbox.journal.length;
    for (const app of clients) {
      this.#teller.say(`juju integrate gluetun ${app}`);
      this.#sandbox.integrate('gluetun', app);
    }
    for (const app of clients) await this.#reaches(unitOf(app), 'active', /VPN on \([0-9.]+\)/);
    await this.#reaches(gateway, 'active', /3 clients/);
    const entries = this.#sandbox.journal.since(mark);
    for (const app of clients) {
      const unit = unitOf(app);
      expectInOrder(entries, [
        effect('kubernetes-apply', unit, new RegExp(`^NetworkPolicy media/${app}-vpn-killswitch$`)),
        effect('kubernetes-apply', unit, new RegExp(`^ConfigMap media/${app}-gateway-client-config$`)),
        effect('kubernetes-apply', unit, new RegExp(`^StatefulSet media/${app}$`)),
        effect('pod-replaced', unit, /vpn-route-sidecar/),
        effect('pod-network', unit, /^protected$/),
        effect('pebble-service', unit, new RegExp(`${app} active`)),
      ]);
      expectCount(this.#sandbox.journal.entries, effect('pod-replaced', unit, /./), 1);
    }
  }

  async #loseVpn(): Promise<void> {
    const mark = this.#sandbox.journal.length;
    this.#teller.say('charm-sandbox workload gluetun/0 vpn down');
    this.#sandbox.vpn(gateway, 'down');
    await this.#reaches(gateway, 'waiting', /VPN lost/);
    for (const app of clients) await this.#reaches(unitOf(app), 'waiting', /VPN lost: traffic is blocked/);
    const entries = this.#sandbox.journal.since(mark);
    // Nothing but checks wakes the gateway: the tunnel's, and that of what Gluetun has found. The changed databag is one event of each client.
    expectInOrder(entries, [effect('hook-start', gateway, /^gluetun-pebble-check-failed$/)]);
    expectCount(entries, effect('hook-start', gateway, /^(?!gluetun-pebble-check-failed$)/), 0);
    for (const app of clients) {
      expectCount(entries, effect('pebble-service', unitOf(app), /inactive/), 0);
      expectCount(entries, effect('kubernetes-delete', unitOf(app), /./), 0);
      expectCount(entries, effect('hook-start', unitOf(app), /./), 1);
    }
  }

  async #regainVpn(): Promise<void> {
    this.#teller.say('charm-sandbox workload gluetun/0 vpn up');
    this.#sandbox.vpn(gateway, 'up');
    await this.#reaches(gateway, 'active', /VPN connected/);
    for (const app of clients) await this.#reaches(unitOf(app), 'active', /VPN on/);
  }

  async #openAHole(): Promise<void> {
    const mark = this.#sandbox.journal.length;
    const unit = unitOf(first);
    this.#teller.say(`ip -6 route add default dev eth0, in the pod of ${first}`);
    const pod = this.#sandbox.pod(unit);
    pod.force('second-ipv6-default');
    await this.#reaches(unit, 'waiting', /path not verified|verifying the path/);
    const entries = this.#sandbox.journal.since(mark);
    expectInOrder(entries, [
      effect('pebble-check', unit, /vpn-route down/),
      effect('hook-start', unit, new RegExp(`^${first}-pebble-check-failed$`)),
      effect('pebble-service', unit, new RegExp(`${first} inactive`)),
    ]);
    this.#teller.say(`ip -6 route del default dev eth0, in the pod of ${first}`);
    pod.force(undefined);
    await this.#reaches(unit, 'active', /VPN on/);
    this.#expectUntouched(mark);
  }

  async #verify(): Promise<void> {
    for (const app of clients) {
      this.#teller.say(`juju run ${unitOf(app)} verify-vpn`);
      const { status, message, results } = await this.#sandbox.run(unitOf(app), 'verify-vpn');
      for (const [line, verdict] of Object.entries(results)) this.#teller.say(`    ${line}: ${verdict}`);
      if (status !== 'completed') throw new BrokenPromiseError(`${unitOf(app)}: verify-vpn ${status}: ${message}`);
    }
    await this.#settled();
  }

  async #removeRelation(): Promise<void> {
    const mark = this.#sandbox.journal.length;
    const unit = unitOf(first);
    this.#teller.say(`juju remove-relation gluetun ${first}`);
    this.#sandbox.removeRelation('gluetun', first);
    await this.#reaches(unit, 'blocked', /vpn-gateway/);
    await this.#sandbox.waitFor(
      () => this.#sandbox.cluster.list().every(({ metadata }) => metadata.name !== `${first}-vpn-killswitch`),
      'the last object of the client gone',
    );
    await this.#settled();
    expectInOrder(this.#sandbox.journal.since(mark), [
      effect('pebble-service', unit, new RegExp(`${first} inactive`)),
      effect('kubernetes-apply', unit, new RegExp(`^StatefulSet media/${first}$`)),
      effect('pod-replaced', unit, /^(?!.*vpn-route-sidecar)/),
      effect('kubernetes-delete', unit, new RegExp(`^NetworkPolicy media/${first}-vpn-killswitch$`)),
    ]);
    await this.#reaches(gateway, 'active', /2 clients/);
    this.#expectUntouched(mark);
    for (const app of others) await this.#reaches(unitOf(app), 'active', /VPN on/);
  }

  /** What happens to one client is no matter of the others. */
  #expectUntouched(mark: number): void {
    const entries = this.#sandbox.journal.since(mark);
    for (const app of others) {
      for (const kind of ['pod-replaced', 'pebble-service', 'kubernetes-apply', 'kubernetes-delete']) {
        expectCount(entries, effect(kind, unitOf(app), /./), 0);
      }
    }
  }

  /** The key may be in Juju's secret and in one file of one container, a client's credentials in theirs, and nowhere else. */
  #checkSecrecy(): void {
    const { journal, logs, cluster, model } = this.#sandbox;
    const units = [gateway, ...clients.map(unitOf)];
    const plans = units.flatMap((unit) => [...this.#sandbox.pod(unit).containers].map(([, daemon]) => daemon.plan));
    const places: Readonly<Record<string, unknown>> = {
      journal: journal.entries,
      logs,
      'Kubernetes objects': cluster.list(),
      databags: [...model.relations.values()].flatMap((relation) =>
        ['gluetun', ...clients, ...units].map((owner) => relation.bag(owner).read()),
      ),
      'the plan of Pebble': plans,
    };
    const hidden = [...model.secrets.values()].flatMap((secret) => Object.entries(secret.content(secret.latest) ?? {}));
    // `admin` is no secret, and in every log.
    for (const [key, value] of hidden.filter(([, text]) => text.length > 8)) {
      for (const [place, content] of Object.entries(places)) {
        if (JSON.stringify(content).includes(value)) throw new BrokenPromiseError(`the ${key} is in ${place}`);
      }
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
