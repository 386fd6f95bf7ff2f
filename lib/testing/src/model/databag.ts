/** The settings that one application or unit shows to the other side of a relation. */
export class Databag {
  readonly #values = new Map<string, string>();
  #version = 0;

  constructor(values: Readonly<Record<string, string>> = {}) {
    this.update(values);
  }

  /** Grows with every flush that changed something. */
  get version(): number {
    return this.#version;
  }

  read(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#values].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Applies changes; an empty value deletes the key, as `relation-set` does. Returns the names that changed. */
  update(changes: Readonly<Record<string, string>>): readonly string[] {
    const changed = Object.entries(changes).filter(([key, value]) => (this.#values.get(key) ?? '') !== value);
    for (const [key, value] of changed) {
      if (value === '') this.#values.delete(key);
      else this.#values.set(key, value);
    }
    if (changed.length > 0) this.#version += 1;
    return changed.map(([key]) => key);
  }
}
