const uidPattern = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
/** The uids that recorded requests write themselves have one repeated digit first: 11111111-… */
const isFixed = (uid: string): boolean => /^(\w)\1{7}-/.test(uid);

const sortKey = (entry: unknown): string => {
  const { operation, manager, time } = entry as Readonly<Record<string, string | undefined>>;
  return `${operation ?? ''} ${time === undefined ? '' : 'dated'} ${manager ?? ''}`;
};
const byManager = (left: unknown, right: unknown): number => (sortKey(left) < sortKey(right) ? -1 : 1);

/** Gives versions and uids of one sequence the names of the recordings (`rv-1`, `uid-1`, in order of appearance), and takes them back. */
export class Names {
  readonly #nameOf = new Map<string, string>();
  readonly #actualOf = new Map<string, string>();

  /** The recorded value with this server's versions and uids. */
  actual(value: unknown): unknown {
    return this.#map(value, (text) => this.#actualOf.get(text) ?? text);
  }

  /** This server's value with the names of the recordings. */
  named(value: unknown): unknown {
    return this.#map(value, (text, key) => {
      if (isoTime.test(text)) return '2026-01-01T00:00:00Z';
      if (key === 'resourceVersion') return this.#name(text, 'rv');
      return text.replaceAll(uidPattern, (uid) => (isFixed(uid) ? uid : this.#name(uid, 'uid')));
    });
  }

  #name(actual: string, prefix: string): string {
    const known = this.#nameOf.get(actual);
    if (known !== undefined) return known;
    const count = [...this.#nameOf.values()].filter((name) => name.startsWith(prefix)).length;
    const name = `${prefix}-${count + 1}`;
    this.#nameOf.set(actual, name);
    this.#actualOf.set(name, actual);
    return name;
  }

  #map(value: unknown, change: (text: string, key: string) => string, key = ''): unknown {
    if (typeof value === 'string') return change(value, key);
    if (Array.isArray(value)) {
      // The server sorts managers by time in seconds, which differs from run to run; those without a time stand first.
      const items = key === 'managedFields' ? value.toSorted(byManager) : value;
      return items.map((item: unknown) => this.#map(item, change));
    }
    if (typeof value !== 'object' || value === null) return value;
    const isList = 'items' in value;
    const entries = Object.entries(value).map(([name, field]: [string, unknown]) => [
      name,
      isList && name === 'metadata' ? { resourceVersion: 'rv-list' } : this.#map(field, change, name),
    ]);
    return Object.fromEntries(entries) as unknown;
  }
}
