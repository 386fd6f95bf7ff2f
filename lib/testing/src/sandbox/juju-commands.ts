import type { ConfigValue } from '../charm/charm-definition.js';
import type { Journal } from '../journal/journal.js';
import type { JujuModel } from '../model/juju-model.js';
import type { Relation } from '../model/relation.js';
import type { JujuInCluster } from './juju-in-cluster.js';

/** What the commands work on. */
export interface CommandParts {
  readonly model: JujuModel;
  readonly journal: Journal;
  readonly juju: JujuInCluster;
}

/** What an operator types after `juju`, each command with a line in the journal. Nothing runs before the next step. */
export class JujuCommands {
  readonly model: JujuModel;
  readonly journal: Journal;
  readonly #juju: JujuInCluster;

  constructor({ model, journal, juju }: CommandParts) {
    this.model = model;
    this.journal = journal;
    this.#juju = juju;
  }

  configure(app: string, values: Readonly<Record<string, ConfigValue | undefined>>): void {
    this.model.configure(app, values);
    this.#typed(`config ${app} ${Object.keys(values).join(' ')}`);
  }

  trust(app: string, trusted = true): void {
    this.model.setTrust(app, trusted);
    this.#juju.setTrust(app, trusted);
    this.#typed(`trust ${app}${trusted ? '' : ' --remove'}`);
  }

  integrate(a: string, b: string): Relation {
    this.#typed(`integrate ${a} ${b}`);
    return this.model.integrate(a, b);
  }

  removeRelation(a: string, b: string): void {
    this.#typed(`remove-relation ${a} ${b}`);
    this.model.removeRelation(a, b);
  }

  scale(app: string, units: number): void {
    this.#typed(`scale-application ${app} ${units}`);
    this.model.scale(app, units);
    this.#juju.scale(app, units);
  }

  removeApplication(app: string): void {
    this.#typed(`remove-application ${app}`);
    this.model.removeApplication(app);
  }

  /** `juju add-secret`: the result is the URI. */
  addSecret(name: string, content: Readonly<Record<string, string>>): string {
    this.#typed(`add-secret ${name}`);
    return this.model.addSecret(name, content);
  }

  grantSecret(name: string, app: string): void {
    this.#typed(`grant-secret ${name} ${app}`);
    this.model.grantSecret(name, app);
  }

  /** `juju revoke-secret`: no hook follows. */
  revokeSecret(name: string, app: string): void {
    this.#typed(`revoke-secret ${name} ${app}`);
    this.model.revokeSecret(name, app);
  }

  /** `juju remove-secret`: no hook follows. */
  removeSecret(name: string): void {
    this.#typed(`remove-secret ${name}`);
    this.model.removeSecret(name);
  }

  updateSecret(name: string, content: Readonly<Record<string, string>>): void {
    this.#typed(`update-secret ${name}`);
    this.model.updateSecret(name, content);
  }

  /** The time of a charm's own secret has come: its owner is asked to renew it. */
  rotateSecret(owner: string, label: string): void {
    this.journal.record({ actor: 'juju', kind: 'secret-rotate', detail: `${owner} ${label}` });
    this.model.rotateSecret(owner, label);
  }

  /** Asks for `update-status`, of one unit or of all. */
  updateStatus(unit?: string): void {
    for (const name of unit === undefined ? this.model.units.map((each) => each.name) : [unit]) {
      this.model.request(name, { kind: 'update-status' });
    }
  }

  /** `juju run --background`: the result is the action's id. */
  startAction(unit: string, action: string, params: Readonly<Record<string, unknown>> = {}): string {
    this.#typed(`run ${unit} ${action}`);
    return this.model.enqueueAction(unit, action, params);
  }

  /** `juju resolve`. */
  retry(unit: string): void {
    this.#typed(`resolve ${unit}`);
    this.model.retry(unit);
  }

  #typed(detail: string): void {
    this.journal.record({ actor: 'user', kind: 'juju', detail });
  }
}
