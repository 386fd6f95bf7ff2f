import { RelationNotFoundError } from '../errors/hook-tool-error.js';
import { UnknownNameError } from '../errors/programming-errors.js';
import type { DispatchSession } from '../framework/dispatch-session.js';
import { type RelationKey, relationApp, relationIds, relationUnits } from '../hook-tools/relation-tools.js';
import type { CharmMetadata, EndpointName } from '../metadata/charm-metadata.js';
import { Relation } from './relation.js';
import { Secret } from './secret.js';

/** The Juju model that the unit lives in. On Kubernetes its name is the namespace. */
export class Model<M extends CharmMetadata> {
  readonly name: string;
  readonly uuid: string;
  readonly #session: DispatchSession;
  readonly #metadata: CharmMetadata;
  readonly #relations = new Map<string, Promise<readonly Relation[]>>();
  readonly #secrets = new Map<string, Secret>();

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
      secret = new Secret(this.#session.tools, id);
      this.#secrets.set(id, secret);
    }
    return secret;
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
