import { randomUUID } from 'node:crypto';
import type { CharmDefinition, ConfigValue } from '../charm/charm-definition.js';
import { TestingError } from '../errors/testing-error.js';
import type { Journal } from '../journal/journal.js';
import { Application } from './application.js';
import type { HookEvent } from './hook-event.js';
import { sameHook } from './hook-event.js';
import { findRelation, matchEndpoints, relationBetween } from './match-endpoints.js';
import { reap } from './reap.js';
import { Relation, type RelationSide } from './relation.js';
import { newSecret, type Secret, type SecretDescription } from './secret.js';
import { Unit } from './unit.js';

export interface JujuModelOptions {
  /** Also the Kubernetes namespace. */
  readonly name?: string;
  readonly uuid?: string;
  /** `3.6.x` or `4.x.y`: decides some texts of the hook tools. */
  readonly jujuVersion?: string;
  readonly journal: Journal;
}

export interface ApplicationOptions {
  readonly units?: number;
  readonly trust?: boolean;
  readonly config?: Readonly<Record<string, ConfigValue>>;
  readonly resources?: Readonly<Record<string, string>>;
  /** Optional storages that are wanted: `juju deploy --storage <name>=…`. */
  readonly storage?: readonly string[];
}

/**
 * One Juju model in memory: what the controller stores, and the rules that it enforces.
 * It runs nothing itself: `nextHook` says what a unit's agent would do next, a `HookContext` answers that hook's tools.
 */
export class JujuModel {
  readonly name: string;
  readonly uuid: string;
  readonly controllerUuid = randomUUID();
  readonly jujuVersion: string;
  readonly journal: Journal;
  readonly applications = new Map<string, Application>();
  readonly relations = new Map<number, Relation>();
  readonly secrets = new Map<string, Secret>();
  #nextRelation = 0;
  #nextAction = 1;

  constructor(options: JujuModelOptions) {
    this.name = options.name ?? 'media';
    this.uuid = options.uuid ?? randomUUID();
    this.jujuVersion = options.jujuVersion ?? '3.6.9';
    this.journal = options.journal;
  }

  get units(): readonly Unit[] {
    return [...this.applications.values()].flatMap((application) => application.units);
  }

  deploy(charm: CharmDefinition, name: string, options: ApplicationOptions = {}): Application {
    if (this.applications.has(name)) {
      throw new TestingError('already-exists', `application "${name}" already exists`);
    }
    const application = new Application(name, charm, options.resources, options.storage);
    application.configure(options.config ?? {});
    application.trust = options.trust ?? false;
    this.applications.set(name, application);
    for (const [endpoint, definition] of Object.entries(charm.peers)) {
      this.#addRelation(definition.interface, [{ app: name, endpoint, role: 'peers' }]);
    }
    this.scale(name, options.units ?? 1);
    return application;
  }

  application(name: string): Application {
    const found = this.applications.get(name);
    if (found === undefined) throw new TestingError('unknown-application', `application "${name}" not found`);
    return found;
  }

  unit(name: string): Unit {
    const found = this.units.find((unit) => unit.name === name);
    if (found === undefined) throw new TestingError('unknown-unit', `unit "${name}" not found`);
    return found;
  }

  /** Adds units, or lets the highest ones die. */
  scale(name: string, units: number): void {
    const application = this.application(name);
    application.scale = units;
    const alive = application.units.filter((unit) => unit.life === 'alive');
    for (let count = alive.length; count < units; count += 1) {
      const unit = new Unit(name, application.nextUnit);
      application.nextUnit += 1;
      application.units.push(unit);
      application.leader ??= unit.name;
    }
    for (const unit of alive.slice(units)) unit.life = 'dying';
    this.reap();
  }

  configure(name: string, values: Readonly<Record<string, ConfigValue | undefined>>): boolean {
    return this.application(name).configure(values);
  }

  /** Grants or takes cluster access; either fires config-changed. */
  setTrust(name: string, trust: boolean): boolean {
    const application = this.application(name);
    if (application.trust === trust) return false;
    application.trust = trust;
    application.trustVersion += 1;
    return true;
  }

  setLeader(unit: string): void {
    this.application(this.unit(unit).app).leader = unit;
  }

  /** `juju integrate`: each side is `app` or `app:endpoint`. */
  integrate(a: string, b: string): Relation {
    const pair = matchEndpoints(this, a, b);
    if (findRelation(this, pair) !== undefined) {
      throw new TestingError('already-exists', `relation between "${a}" and "${b}" already exists`);
    }
    return this.#addRelation(pair[0].interface, pair);
  }

  /** `juju remove-relation`. */
  removeRelation(a: string, b: string): Relation {
    const found = relationBetween(this, a, b);
    if (found === undefined) throw new TestingError('unknown-relation', `no relation between "${a}" and "${b}"`);
    found.life = 'dying';
    this.reap();
    return found;
  }

  removeApplication(name: string): void {
    const application = this.application(name);
    application.life = 'dying';
    for (const relation of this.relations.values()) {
      if (relation.sideOf(name) !== undefined && !relation.isPeer) relation.life = 'dying';
    }
    this.scale(name, 0);
  }

  /** `juju add-secret`; the result is the URI. */
  addSecret(name: string, content: Readonly<Record<string, string>>): string {
    if (this.#userSecret(name) !== undefined) {
      throw new TestingError('already-exists', `secret with name "${name}" already exists`);
    }
    return this.storeSecret(content, { owner: 'model', label: name }).uri;
  }

  /** Keeps a new secret of a charm or of the user. */
  storeSecret(content: Readonly<Record<string, string>>, details: SecretDescription): Secret {
    const secret = newSecret(content, details);
    this.secrets.set(secret.id, secret);
    return secret;
  }

  /** The time of a charm's secret has come: its owner, for an application's secret the leader, is asked to renew it. */
  rotateSecret(owner: string, label: string): void {
    const secret = [...this.secrets.values()].find((each) => each.owner === owner && each.label === label);
    const unit = this.applications.get(owner)?.leader ?? owner;
    if (secret === undefined) throw new TestingError('unknown-secret', `${owner} owns no secret "${label}"`);
    this.request(unit, { kind: 'secret-rotate', secretId: secret.uri, label });
  }

  /** `juju grant-secret`: fires nothing. */
  grantSecret(name: string, app: string): void {
    this.secret(name).grants.add(this.application(app).name);
  }

  revokeSecret(name: string, app: string): void {
    this.secret(name).grants.delete(app);
  }

  /** `juju update-secret`: secret-changed comes to every unit that reads it. */
  updateSecret(name: string, content: Readonly<Record<string, string>>): boolean {
    return this.secret(name).update(content);
  }

  removeSecret(name: string): void {
    this.secrets.delete(this.secret(name).id);
  }

  /** By name, id or URI. */
  secret(name: string): Secret {
    const found = this.#userSecret(name) ?? this.findSecret(name);
    if (found === undefined) throw new TestingError('unknown-secret', `secret "${name}" not found`);
    return found;
  }

  findSecret(idOrUri: string): Secret | undefined {
    return this.secrets.get(idOrUri.replace(/^secret:(\/\/[0-9a-f-]+\/)?/, ''));
  }

  /** Asks for a hook that is not a consequence of the model's state, e.g. update-status. */
  request(unitName: string, event: HookEvent): void {
    const { memory } = this.unit(unitName);
    const queue = event.kind.startsWith('pebble-') ? memory.workloadEvents : memory.requested;
    if (!queue.some((waiting) => sameHook(waiting, event))) queue.push(event);
  }

  /** Queues an action and gives back its number, which is also its id. */
  enqueueAction(unitName: string, action: string, params: Readonly<Record<string, unknown>> = {}): string {
    const unit = this.unit(unitName);
    const definition = this.application(unit.app).charm.actions[action];
    if (definition === undefined) {
      throw new TestingError('unknown-action', `action "${action}" not defined on unit "${unitName}"`);
    }
    const defaults = Object.fromEntries(
      Object.entries(definition.params).flatMap(([name, param]) =>
        param.default === undefined ? [] : [[name, param.default]],
      ),
    );
    const id = String(this.#nextAction);
    this.#nextAction += 1;
    unit.memory.actions.push({ kind: 'action', action, id, params: { ...defaults, ...params } });
    return id;
  }

  /** `juju resolve`: the failed hook is due again. */
  retry(unitName: string): void {
    this.unit(unitName).memory.failed = undefined;
  }

  /** Relations that an application takes part in, by id. */
  relationsOf(app: string): readonly Relation[] {
    return [...this.relations.values()].filter((relation) => relation.sideOf(app) !== undefined);
  }

  /** Takes what is dead out of the model. */
  reap(): void {
    reap(this);
  }

  #userSecret(name: string): Secret | undefined {
    return [...this.secrets.values()].find((secret) => secret.owner === 'model' && secret.label === name);
  }

  #addRelation(interfaceName: string, sides: readonly RelationSide[]): Relation {
    const relation = new Relation(this.#nextRelation, interfaceName, sides);
    this.#nextRelation += 1;
    this.relations.set(relation.id, relation);
    return relation;
  }
}
