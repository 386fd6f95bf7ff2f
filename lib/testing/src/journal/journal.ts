/** One effect that somebody caused: a hook that began, a status, a databag write, an applied object, a replaced pod. */
export interface JournalEntry {
  /** Milliseconds of the model's clock since the epoch. */
  readonly at: number;
  /** `gluetun/0`, `juju`, `kubernetes` or `user`. */
  readonly actor: string;
  /** The hook that was running, e.g. `vpn-gateway-relation-changed`. */
  readonly hook?: string;
  /** `hook-start`, `hook-end`, `status`, `relation-set`, `kubernetes-apply`, `pod-replaced`, … */
  readonly kind: string;
  /** One line for people. */
  readonly detail: string;
}

/**
 * The one record of effects, in the order in which they happened. Tests assert order on it, `npm start` prints it.
 *
 * @example
 * const mark = sandbox.journal.length;
 * await sandbox.settle();
 * expect(sandbox.journal.since(mark).map((entry) => entry.kind)).toContain('pod-replaced');
 */
export class Journal {
  readonly #entries: JournalEntry[] = [];
  readonly #listeners = new Set<(entry: JournalEntry) => void>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  get entries(): readonly JournalEntry[] {
    return this.#entries;
  }

  get length(): number {
    return this.#entries.length;
  }

  record(entry: Omit<JournalEntry, 'at'>): void {
    const complete = { at: this.#now().getTime(), ...entry };
    this.#entries.push(complete);
    for (const listener of this.#listeners) listener(complete);
  }

  /** What happened after a mark taken from `length`. */
  since(mark: number): readonly JournalEntry[] {
    return this.#entries.slice(mark);
  }

  /** Entries of one kind, in order; of one actor when named. */
  of(kind: string, actor?: string): readonly JournalEntry[] {
    return this.#entries.filter((entry) => entry.kind === kind && (actor === undefined || entry.actor === actor));
  }

  /** Calls back for every later entry; the result ends it. */
  subscribe(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
