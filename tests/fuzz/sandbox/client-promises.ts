import { readProviderData } from '@charm-ts/vpn-gateway';
import type { JournalEntry, Judge, Sandbox } from '@charm-ts/testing';
import type { Entry } from '../vpn-gateway/journal.js';
import { judge } from '../vpn-gateway/oracle.js';

/** Pods whose traffic can go nowhere but through the tunnel. */
const verified = new Set(['protected', 'tunnel-down']);
/** Hooks in which a client looks at its path. Actions and a pod's last hook do not. */
const looksAtPath =
  /(^|-)(relation-\w+|pebble-(ready|check-\w+)|config-changed|start|update-status|upgrade-charm|leader-elected|secret-changed|install)$/;
const sidecar = 'vpn-route-sidecar';

/** Tells the oracle of the client's gate what happens in a sandbox to the units of a client, each by itself. */
export const clientPromises =
  (app: string): Judge =>
  (sandbox) => {
    const units = new Map<string, UnitJournal>();
    sandbox.journal.subscribe((entry) => {
      const { actor } = entry;
      if (actor.startsWith(`${app}/`) && !units.has(actor)) units.set(actor, new UnitJournal(sandbox, actor));
      for (const unit of units.values()) unit.note(entry);
    });
    return () =>
      [...units].flatMap(([name, { entries }]) => {
        const broken = judge(entries);
        return broken === undefined ? [] : [`${name} ${broken}`];
      });
  };

class UnitJournal {
  readonly entries: Entry[] = [];
  readonly #sandbox: Sandbox;
  readonly #unit: string;
  readonly #app: string;
  /** The last entry of each kind: only changes are told. */
  readonly #told = new Map<string, string>();
  /** Digest of a protected template → the overlay that it was made for. */
  readonly #made = new Map<string, number>();
  #hook = '';
  #isVerified = false;
  #runs = new Set<string>();

  constructor(sandbox: Sandbox, unit: string) {
    this.#sandbox = sandbox;
    this.#unit = unit;
    this.#app = unit.split('/')[0] ?? '';
    this.#look('somebody');
  }

  note(entry: JournalEntry): void {
    if (entry.kind.startsWith('kubernetes-')) this.#look(entry.actor === this.#unit ? 'charm' : 'somebody');
    if (entry.actor === this.#unit) this.#noteOwn(entry);
  }

  #noteOwn({ kind, detail }: JournalEntry): void {
    switch (kind) {
      case 'hook-start':
        this.#hook = detail;
        this.#tell(this.#relation());
        this.#tell({ what: 'unsafe', set: this.#sandbox.model.application(this.#app).config['unsafe-mode'] === true });
        this.entries.push({ what: 'hook', event: detail });
        return;
      case 'hook-end':
        this.#remember();
        if (looksAtPath.test(this.#hook)) this.entries.push({ what: 'hook-end', status: '' });
        this.#hook = '';
        this.#tell({ what: 'path', good: this.#isVerified });
        return;
      case 'pod-network':
        this.#isVerified = verified.has(detail);
        // A path that is lost in the middle of a hook, by what the hook writes for instance, is a matter of the next one.
        if (this.#isVerified || this.#hook === '') this.#tell({ what: 'path', good: this.#isVerified });
        return;
      case 'pod-started':
        this.#runs.clear();
        this.#told.delete('workload');
        this.entries.push({ what: 'pod', overlay: this.#podOverlay() });
        return;
      case 'pebble-service':
        this.#service(detail);
        return;
      default:
        return;
    }
  }

  /** A service that Pebble starts again by itself has not been stopped. */
  #service(detail: string): void {
    const [, name = '', state] = /^(.*) (\w+)$/.exec(detail) ?? [];
    if (state === 'active' || state === 'backoff') this.#runs.add(name);
    else this.#runs.delete(name);
    this.#tell({ what: 'workload', runs: this.#runs.size > 0 });
  }

  /** What the unit is told of its gateway in the hook that begins. */
  #relation(): Entry {
    const { model } = this.#sandbox;
    const unit = model.units.find(({ name }) => name === this.#unit);
    const breaks = this.#hook === 'vpn-gateway-relation-broken';
    const found = model.relationsOf(this.#app).find((relation) => {
      const mine = unit?.memory.relations.get(relation.id);
      const visible = mine === undefined || breaks ? relation.life === 'alive' && unit?.life === 'alive' : !mine.broken;
      return relation.interface === 'vpn-gateway' && visible;
    });
    if (found === undefined) return { what: 'relation', data: 'none', overlay: 0 };
    const reading = readProviderData(found.bag(found.remoteAppOf(this.#app)).read());
    if (reading.kind === 'empty') return { what: 'relation', data: 'empty', overlay: 0 };
    if (reading.kind === 'invalid') return { what: 'relation', data: 'invalid', overlay: 0 };
    return { what: 'relation', data: reading.data.vpn_connected ? 'up' : 'down', overlay: reading.data.vxlan_id };
  }

  /** The objects as they are after a write. `remove` clears up for good: nothing runs after it. */
  #look(actor: 'charm' | 'somebody'): void {
    const by = this.#hook === 'remove' ? 'somebody' : actor;
    const has = (kind: string, name: string): boolean =>
      this.#sandbox.cluster.list(kind).some(({ metadata }) => metadata.name === name);
    this.#tell({ what: 'policy', exists: has('NetworkPolicy', `${this.#app}-vpn-killswitch`), by });
    this.#tell({ what: 'config-map', exists: has('ConfigMap', `${this.#app}-gateway-client-config`), by });
    this.#tell({ what: 'template', ours: this.#text('StatefulSet', this.#app).includes(sidecar), by });
  }

  #tell(entry: Entry): void {
    const told = JSON.stringify({ ...entry, by: undefined });
    if (this.#told.get(entry.what) === told) return;
    this.#told.set(entry.what, told);
    this.entries.push(entry);
  }

  #remember(): void {
    const digest = this.#digest('StatefulSet', this.#app);
    const relation = this.#relation();
    if (digest === undefined || relation.what !== 'relation' || relation.overlay === 0) return;
    if (!this.#made.has(digest)) this.#made.set(digest, relation.overlay);
  }

  #podOverlay(): number | undefined {
    const digest = this.#digest('StatefulSet', this.#app);
    this.#remember();
    return digest === undefined ? undefined : this.#made.get(digest);
  }

  /** The digest of a protected template. */
  #digest(kind: string, name: string): string | undefined {
    const text = this.#text(kind, name);
    return text.includes(sidecar) ? /"vpn-gateway\/overlay-digest":"([0-9a-f]+)"/.exec(text)?.[1] : undefined;
  }

  #text(kind: string, name: string): string {
    const found = this.#sandbox.cluster.list(kind).find(({ metadata }) => metadata.name === name);
    return JSON.stringify(found?.['spec'] ?? {});
  }
}
