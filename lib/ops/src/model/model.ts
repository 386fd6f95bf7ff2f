import { RelationNotFoundError } from '../errors/hook-tool-error.js';
import { UnknownNameError } from '../errors/programming-errors.js';
import type { DispatchSession } from '../framework/dispatch-session.js';
import { storageIds } from '../hook-tools/storage-tools.js';
import { type RelationKey, relationApp, relationIds, relationUnits } from '../hook-tools/relation-tools.js';
import type { CharmMetadata, EndpointName, StorageName } from '../metadata/charm-metadata.js';
import { Relation } from './relation.js';
import { findSecret, Secret } from './secret.js';
import { Storage } from './storage.js';

/** The Juju model that the unit lives in. On Kubernetes its name is the namespace. */
export class Model<M extends CharmMetadata> {
  readonly name: string;
  readonly uuid: string;
  readonly #session: DispatchSession;
  readonly #metadata: CharmMetadata;
  readonly #relations = new Map<string, Promise<readonly Relation[]>>();
  readonly #secrets = new Map<string, Secret>();
  readonly #labelled = new Map<string, Secret>();

  /** Built by {@link CharmBase}. */
  constructor(session: DispatchSession, metadata: M) {
    this.name = session.context.modelName;
    this.uuid = session.context.modelUuid;
    this.#session = session;
    this.#metadata = metadata;
  }

  /** Relations of an endpoint in the order of their identifiers, without one that is being broken. Asked for once in a dispatch. */
  relations(endpoint: EndpointName<M>): Promise<readonly Relation[]> {
    let relations = this.#relations.get(endpoint);
    if (relations === undefined) {
      relations = this.#read(endpoint);
      this.#relations.set(endpoint, relations);
    }
    return relations;
  }

  /** A secret by its identifier; nothing is read yet. */
  secret(id: string): Secret {
    let secret = this.#secrets.get(id);
    if (secret === undefined) {
      secret = new Secret(this.#session.tools, { id });
      this.#secrets.set(id, secret);
    }
    return secret;
  }

  /**
   * A secret that the charm owns, or has given a label to, with its latest content read. Undefined when there is none (yet).
   * Every unit can read its application's secrets by their labels; what changes them is the leader's.
   */
  async secretByLabel(label: string): Promise<Secret | undefined> {
    const known = this.#labelled.get(label) ?? (await findSecret(this.#session.tools, label));
    if (known !== undefined) this.#labelled.set(label, known);
    return known;
  }

  /** The storages of a name that this unit has: none for one that is optional and was not asked for at deployment. */
  async storages(name: StorageName<M>): Promise<readonly Storage[]> {
    const known = Object.keys(this.#metadata.storage);
    if (!known.includes(name)) throw new UnknownNameError('storage', name, known);
    const ids = await storageIds(this.#session.tools, name);
    return ids.map((id) => new Storage(this.#session.tools, id));
  }

  async #read(endpoint: string): Promise<readonly Relation[]> {
    const { provides, requires, peers } = this.#metadata;
    const known = [...Object.keys(provides), ...Object.keys(requires), ...Object.keys(peers)];
    if (!known.includes(endpoint)) throw new UnknownNameError('endpoint', endpoint, known);
    const { event, tools } = this.#session;
    const broken = event.kind === 'relation-broken' && event.endpoint === endpoint ? event.relationId : undefined;
    const ids = (await relationIds(tools, endpoint)).filter((id) => id !== broken).sort((a, b) => a - b);
    const isPeer = Object.hasOwn(peers, endpoint);
    const relations = await Promise.all(ids.map((id) => this.#readOne({ endpoint, id }, isPeer)));
    return Object.freeze(relations.filter((relation) => relation !== undefined));
  }

  /** `undefined` for a relation that Juju has forgotten since it was listed. */
  async #readOne(key: RelationKey, isPeer: boolean): Promise<Relation | undefined> {
    const { context, event, tools } = this.#session;
    try {
      const members = await relationUnits(tools, key);
      // Juju still lists a unit that departs in some versions; ops has never shown it.
      const departing =
        event.kind === 'relation-departed' && event.relationId === key.id ? event.remoteUnit : undefined;
      const units = members.filter((unit) => unit !== departing);
      const ofEvent = 'remoteApp' in event && event.relationId === key.id ? event.remoteApp : undefined;
      const app = isPeer
        ? context.appName
        : (units[0]?.replace(/\/\d+$/, '') ?? ofEvent ?? (await relationApp(tools, key)));
      return new Relation(this.#session, { ...key, isPeer, app, units });
    } catch (error) {
      if (error instanceof RelationNotFoundError) return undefined;
      throw error;
    }
  }
}
