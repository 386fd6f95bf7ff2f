import { RelationDataAccessError } from '../errors/relation-data-access-error.js';
import type { DispatchSession } from '../framework/dispatch-session.js';
import { Databag, type DatabagAccess } from './databag.js';

/** An application at the other end of a relation. */
export interface RemoteApplication {
  readonly name: string;
}

/** A unit at the other end of a relation. */
export interface RemoteUnit {
  /** `<application>/<number>`. */
  readonly name: string;
  readonly app: RemoteApplication;
}

/** Whose databag: a unit or an application, own or remote. */
export interface DatabagOwner {
  readonly name: string;
}

/** What {@link Model.relations} has found out about a relation. */
export interface RelationFacts {
  readonly id: number;
  readonly endpoint: string;
  readonly isPeer: boolean;
  readonly app: string | undefined;
  readonly units: readonly string[];
}

const appOf = (unit: string): string => unit.slice(0, unit.lastIndexOf('/'));

/**
 * A relation of this application with another one, or of its units among themselves.
 *
 * @example
 * ```ts
 * const [relation] = await this.model.relations('vpn-gateway');
 * const theirs = relation?.app === undefined ? {} : await relation.data(relation.app).read();
 * await relation?.data(this.unit).update({ ready: 'true' });
 * ```
 */
export class Relation {
  readonly id: number;
  readonly endpoint: string;
  /** The other application; in a peer relation the own one. `undefined` where Juju does not tell. */
  readonly app: RemoteApplication | undefined;
  /** The other units, without one that departs. */
  readonly units: readonly RemoteUnit[];
  readonly #session: DispatchSession;
  readonly #isPeer: boolean;
  readonly #databags = new Map<string, Databag>();

  /** Built by {@link Model.relations}. */
  constructor(session: DispatchSession, facts: RelationFacts) {
    this.id = facts.id;
    this.endpoint = facts.endpoint;
    this.app = facts.app === undefined ? undefined : Object.freeze({ name: facts.app });
    this.units = Object.freeze(facts.units.map((name) => Object.freeze({ name, app: { name: appOf(name) } })));
    this.#session = session;
    this.#isPeer = facts.isPeer;
  }

  /** The databag of a unit or an application. Throws {@link RelationDataAccessError} for someone who is not part of the relation. */
  data(owner: DatabagOwner): Databag {
    const known = this.#databags.get(owner.name);
    if (known !== undefined) return known;
    if (!this.#isPartOf(owner.name)) {
      const where = { endpoint: this.endpoint, relationId: this.id, owner: owner.name };
      throw new RelationDataAccessError(where, 'it is not part of the relation');
    }
    const key = {
      relation: { endpoint: this.endpoint, id: this.id },
      owner: owner.name,
      ofApp: !owner.name.includes('/'),
    };
    const databag = new Databag(this.#session.tools, key, () => this.#accessTo(owner.name));
    this.#databags.set(owner.name, databag);
    return databag;
  }

  #isPartOf(name: string): boolean {
    const { context, event } = this.#session;
    const departing = 'remoteUnit' in event && event.relationId === this.id ? event.remoteUnit : undefined;
    const parts = [
      context.unitName,
      context.appName,
      this.app?.name,
      departing,
      ...this.units.map((unit) => unit.name),
    ];
    return parts.includes(name);
  }

  async #accessTo(owner: string): Promise<DatabagAccess> {
    const { context } = this.#session;
    if (owner === context.unitName) return { read: true, write: true };
    if (owner !== context.appName) return { read: true, write: `only ${owner} may write it` };
    if (await this.#session.isLeader()) return { read: true, write: true };
    const refusal = 'only the leader may use it, and this unit is not the leader';
    return { read: this.#isPeer ? true : refusal, write: refusal };
  }
}
