import { NotLeaderError, RelationNotFoundError } from '../errors/hook-tool-error.js';
import { RelationDataAccessError } from '../errors/relation-data-access-error.js';
import { type DatabagKey, readDatabag, writeDatabag } from '../hook-tools/relation-tools.js';
import type { HookToolSession } from '../hook-tools/hook-tool-session.js';

/** What a unit may do with a databag. A sentence says why not. */
export interface DatabagAccess {
  readonly read: true | string;
  readonly write: true | string;
}

/** Data that one side of a relation shows to the other: text by key. Belongs to a unit or to an application. */
export class Databag {
  readonly #tools: HookToolSession;
  readonly #key: DatabagKey;
  readonly #access: () => Promise<DatabagAccess>;
  #content: Promise<Readonly<Record<string, string>>> | undefined;
  #lastUpdate: Promise<unknown> = Promise.resolve();

  /** Built by {@link Relation.data}. */
  constructor(tools: HookToolSession, key: DatabagKey, access: () => Promise<DatabagAccess>) {
    this.#tools = tools;
    this.#key = key;
    this.#access = access;
  }

  /**
   * The whole databag; empty when the relation is gone.
   * Throws {@link RelationDataAccessError} for the own application's databag in a unit that does not lead (except in peer relations).
   */
  async read(): Promise<Readonly<Record<string, string>>> {
    const { read } = await this.#access();
    if (read !== true) throw this.#refused(read);
    return this.#load();
  }

  /**
   * Sets keys, and deletes those that are `undefined` or empty. Only what differs is written, with one `relation-set`.
   * Throws {@link RelationDataAccessError} for a databag of another, and for the own application's in a unit that does not lead.
   *
   * @returns whether something was written.
   */
  async update(changes: Readonly<Record<string, string | undefined>>): Promise<boolean> {
    const { write } = await this.#access();
    if (write !== true) throw this.#refused(write);
    const update = this.#lastUpdate.then(() => this.#write(changes));
    this.#lastUpdate = update.catch(() => undefined);
    return update;
  }

  async #write(changes: Readonly<Record<string, string | undefined>>): Promise<boolean> {
    const present = await this.#load();
    const difference: Record<string, string> = {};
    const next = new Map(Object.entries(present));
    for (const [key, value = ''] of Object.entries(changes)) {
      if (value === (present[key] ?? '')) continue;
      difference[key] = value;
      if (value === '') next.delete(key);
      else next.set(key, value);
    }
    if (Object.keys(difference).length === 0) return false;
    try {
      await writeDatabag(this.#tools, this.#key, difference);
    } catch (cause) {
      if (cause instanceof NotLeaderError) throw this.#refused('this unit is no longer the leader', { cause });
      throw cause;
    }
    this.#content = Promise.resolve(Object.freeze(Object.fromEntries(next)));
    return true;
  }

  #load(): Promise<Readonly<Record<string, string>>> {
    this.#content ??= readDatabag(this.#tools, this.#key).then(
      (content) => Object.freeze({ ...content }),
      (error: unknown) => {
        if (error instanceof RelationNotFoundError) return Object.freeze({});
        throw error;
      },
    );
    return this.#content;
  }

  #refused(problem: string, options?: ErrorOptions): RelationDataAccessError {
    const { relation, owner } = this.#key;
    return new RelationDataAccessError(
      { endpoint: relation.endpoint, relationId: relation.id, owner },
      problem,
      options,
    );
  }
}
