import type { HookToolSession } from '../hook-tools/hook-tool-session.js';
import { deleteState, readState, writeState } from '../hook-tools/state-tools.js';

/**
 * The unit's own memory, kept by the controller, so that it outlives the pod. Read with one `state-get` when first asked for,
 * written once, at the end of the dispatch; Juju keeps it only when the hook succeeds.
 *
 * @example
 * ```ts
 * const digest = await framework.state.get('objects-digest');
 * framework.state.set('objects-digest', next);
 * ```
 */
export class StateStore {
  readonly #tools: HookToolSession;
  #loaded: Promise<Map<string, string>> | undefined;
  readonly #changes = new Map<string, string | undefined>();

  constructor(tools: HookToolSession) {
    this.#tools = tools;
  }

  /** The value of a key, as set in this dispatch or before. */
  async get(key: string): Promise<string | undefined> {
    if (this.#changes.has(key)) return this.#changes.get(key);
    return (await this.#load()).get(key);
  }

  /** Sets a key. */
  set(key: string, value: string): void {
    this.#changes.set(key, value);
  }

  /** Forgets a key. */
  delete(key: string): void {
    this.#changes.set(key, undefined);
  }

  /** Writes what has changed since the last time. Called by the dispatch. */
  async commit(): Promise<void> {
    const changes = [...this.#changes];
    if (changes.length === 0) return;
    const stored = await this.#load();
    this.#changes.clear();
    const values = new Map<string, string>();
    for (const [key, value] of changes) {
      if (value === stored.get(key)) continue;
      if (value === undefined) await deleteState(this.#tools, key);
      else values.set(key, value);
      if (value === undefined) stored.delete(key);
      else stored.set(key, value);
    }
    if (values.size > 0) await writeState(this.#tools, Object.fromEntries(values));
  }

  #load(): Promise<Map<string, string>> {
    this.#loaded ??= readState(this.#tools).then((state) => new Map(Object.entries(state)));
    return this.#loaded;
  }
}
