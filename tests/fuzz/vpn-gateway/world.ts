import type { HookEvent, KubeApiErrorCode, KubeObject, ObjectRef } from '@charm-ts/ops';
import { VpnGatewayRequirer } from '@charm-ts/vpn-gateway';
import { closedPod, FakeUnit, openPod } from '../../unit/vpn-gateway/fakes/fake-charm.js';
import { clusterObjects, FakeKube, jujuStatefulSet } from '../../unit/vpn-gateway/fakes/fake-kube.js';
import { data } from '../../unit/vpn-gateway/fakes/requirer-world.js';
import { ipv4Table, overlayRoutes, route } from '../../unit/vpn-gateway/fakes/route-tables.js';
import type { Actor, Entry } from './journal.js';

/** What the gateway says. */
export type Data = Extract<Entry, { what: 'relation' }>['data'];

const sidecar = 'vpn-route-sidecar';

/** A cluster that writes down what becomes of our objects. */
class JournalKube extends FakeKube {
  by: Actor = 'somebody';
  readonly #journal: Entry[];
  readonly #last = new Map<string, boolean>();

  constructor(journal: Entry[]) {
    super();
    this.#journal = journal;
  }

  override apply(object: KubeObject, options: { fieldManager: string }): Promise<KubeObject> {
    const result = super.apply(object, options);
    this.#note(object.kind);
    return result;
  }

  override delete(ref: ObjectRef): Promise<boolean> {
    const result = super.delete(ref);
    this.#note(ref.kind);
    return result;
  }

  /** Calls answer at once, so this is the state after the call; a refused one has changed nothing. */
  #note(kind: string): void {
    const { by } = this;
    const live = (name: string): boolean => this.object(kind, name) !== undefined;
    if (kind === 'NetworkPolicy') this.#push({ what: 'policy', exists: live('sabnzbd-vpn-killswitch'), by });
    if (kind === 'ConfigMap') this.#push({ what: 'config-map', exists: live('sabnzbd-gateway-client-config'), by });
    if (kind === 'StatefulSet') {
      this.#push({ what: 'template', ours: JSON.stringify(this.object(kind, 'sabnzbd')).includes(sidecar), by });
    }
  }

  #push(entry: Extract<Entry, { what: 'policy' | 'config-map' | 'template' }>): void {
    const is = 'ours' in entry ? entry.ours : entry.exists;
    if ((this.#last.get(entry.what) ?? false) !== is) this.#journal.push(entry);
    this.#last.set(entry.what, is);
  }
}

/** One client unit, its pod and its gateway; every change goes into the journal. */
export class World {
  readonly journal: Entry[] = [];
  readonly #kube = new JournalKube(this.journal);
  readonly #unit = new FakeUnit({ kube: this.#kube });
  #unsafe = false;
  #overlay = 42;
  /** Digest of the template → the overlay that the charm made it for. */
  readonly #made = new Map<string, number>();
  #isJoined = false;
  #isTampered = false;

  constructor() {
    for (const object of clusterObjects) this.#kube.put(object);
    this.#kube.put(jujuStatefulSet('sabnzbd', 'sabnzbd'));
    this.churn();
  }

  set leader(value: boolean) {
    this.#unit.leader = value;
  }

  /** What happens while the charm sleeps, once. */
  whileAsleep(change: () => void): void {
    this.#unit.onSleep = () => {
      this.#unit.onSleep = () => undefined;
      const { by } = this.#kube;
      this.#kube.by = 'somebody';
      change();
      this.#kube.by = by;
    };
  }

  relate(kind: Data, overlay = this.#overlay): void {
    this.#overlay = overlay;
    const up = kind === 'up';
    const valid = data({ vxlan_id: overlay, vpn_connected: up, external_ip: up ? '185.213.154.66' : null });
    const databags = { none: undefined, empty: {}, invalid: { config: '{"vxlan_id":"42"}' }, down: valid, up: valid };
    this.#unit.theirs = databags[kind];
    this.journal.push({ what: 'relation', data: kind, overlay });
  }

  setUnsafe(set: boolean): void {
    this.#unsafe = set;
    this.journal.push({ what: 'unsafe', set });
  }

  /** The sidecar joins the overlay, or loses it. */
  join(isJoined: boolean): void {
    this.#isJoined = isJoined;
    this.#look();
  }

  /** Somebody adds a default route; the sidecar has not noticed. */
  tamper(isTampered: boolean): void {
    this.#isTampered = isTampered;
    this.#look();
  }

  /** The StatefulSet controller makes a pod from the template. */
  churn(): void {
    this.#unit.replacePod(openPod());
    this.#unit.container.reachable = true;
    this.#isTampered = false;
    this.#isJoined = false;
    this.journal.push({ what: 'pod', overlay: this.#podOverlay() });
    this.#look();
  }

  /** True when the pod is not the one that the template describes. */
  get isStale(): boolean {
    return this.#digest('StatefulSet', 'sabnzbd') !== this.#digest('Pod', 'sabnzbd-0');
  }

  setContainer(up: boolean): void {
    const { container } = this.#unit;
    container.reachable = up;
    container.service = undefined;
    container.layers = [];
    this.journal.push({ what: 'container', up });
  }

  setCheck(status: 'up' | 'down'): void {
    this.#unit.container.checkStatus = status;
  }

  fail(what: string, code: KubeApiErrorCode): void {
    this.#kube.failures.set(what, code);
  }

  heal(): void {
    this.#kube.failures.clear();
  }

  /** Somebody deletes an object of ours, or gives Juju's template back. */
  async drift(what: 'policy' | 'config-map' | 'template'): Promise<void> {
    const failures = new Map(this.#kube.failures);
    this.#kube.failures.clear();
    if (what === 'policy') {
      const kind = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' };
      await this.#kube.delete({ ...kind, name: 'sabnzbd-vpn-killswitch' });
    } else if (what === 'config-map') {
      await this.#kube.delete({ apiVersion: 'v1', kind: 'ConfigMap', name: 'sabnzbd-gateway-client-config' });
    } else {
      const template = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'sabnzbd' } };
      await this.#kube.apply(template, { fieldManager: 'sabnzbd-vpn' });
    }
    for (const [key, code] of failures) this.#kube.failures.set(key, code);
  }

  async hook(event: HookEvent): Promise<void> {
    this.journal.push({ what: 'hook', event: event.kind });
    this.#kube.by = 'charm';
    try {
      const { result, status } = await this.#unit.hook(event, (charm) => {
        const vpn = new VpnGatewayRequirer(charm, 'vpn-gateway');
        const { container } = this.#unit;
        return vpn.reconcile({
          unsafe: this.#unsafe,
          start: () => {
            this.#setService('active');
            return Promise.resolve();
          },
          stop: async () => {
            await container.services();
            if (container.service !== undefined) this.#setService('inactive');
          },
        });
      });
      this.#remember();
      this.journal.push({
        what: 'hook-end',
        status: `${result.state} ${status?.name ?? ''}: ${status?.message ?? ''}`,
      });
    } catch (error) {
      this.journal.push({ what: 'hook-failed', message: error instanceof Error ? error.message : String(error) });
    }
    this.#kube.by = 'somebody';
  }

  /** `remove` of the last unit. */
  async remove(): Promise<void> {
    this.#unit.planned = 0;
    this.journal.push({ what: 'hook', event: 'remove' });
    this.#kube.by = 'charm';
    await this.#unit.hook({ kind: 'remove' }, (charm) => Promise.resolve(new VpnGatewayRequirer(charm, 'vpn-gateway')));
  }

  #setService(state: 'active' | 'inactive'): void {
    const { container } = this.#unit;
    if ((container.service === 'active') !== (state === 'active')) {
      this.journal.push({ what: 'workload', runs: state === 'active' });
    }
    container.service = state;
  }

  #look(): void {
    const closed = this.#podOverlay() !== undefined;
    const good = closed && this.#isJoined && !this.#isTampered;
    const verdict = this.#isJoined
      ? { status: 200, body: 'ok: vxlan0\n' }
      : { status: 503, body: 'overlay: no answer\n' };
    const open = ipv4Table(...overlayRoutes, route('eth0', '0.0.0.0/0'));
    this.#unit.pod = closed
      ? { ...closedPod(), verdict, ipv4: this.#isTampered ? open : ipv4Table(...overlayRoutes) }
      : openPod();
    this.journal.push({ what: 'path', good });
  }

  #podOverlay(): number | undefined {
    const digest = this.#digest('Pod', 'sabnzbd-0');
    return digest === undefined ? undefined : this.#made.get(digest);
  }

  #remember(): void {
    const digest = this.#digest('StatefulSet', 'sabnzbd');
    if (digest !== undefined && !this.#made.has(digest)) this.#made.set(digest, this.#overlay);
  }

  /** The digest of a protected template or pod. */
  #digest(kind: string, name: string): string | undefined {
    const text = JSON.stringify(this.#kube.object(kind, name) ?? {});
    return text.includes(sidecar) ? /"vpn-gateway\/overlay-digest":"([0-9a-f]+)"/.exec(text)?.[1] : undefined;
  }
}
