import { randomBytes } from 'node:crypto';

/** What is known of a secret besides its content. */
export interface SecretDescription {
  readonly owner: string;
  readonly label: string;
  readonly description?: string;
  readonly rotation?: string;
}

/** A secret of the model: made by the user (`owner: model`) or by a charm. */
export class Secret {
  /** The 20 letters and digits of `secret:<id>`. */
  readonly id: string;
  /** `model`, an application or a unit. */
  readonly owner: string;
  /** The user's name for it, or the owner's label. */
  label: string;
  description: string;
  /** How often its owner is reminded to renew it, as Juju names it: `never`, `monthly`, … */
  rotation: string;
  /** Applications (user secrets) or applications and units (charm secrets) that may read it. */
  readonly grants = new Set<string>();
  readonly #revisions = new Map<number, Readonly<Record<string, string>>>();
  #latest = 0;

  constructor(id: string, content: Readonly<Record<string, string>>, details: SecretDescription) {
    this.id = id;
    this.owner = details.owner;
    this.label = details.label;
    this.description = details.description ?? '';
    this.rotation = details.rotation ?? 'never';
    this.update(content);
  }

  get uri(): string {
    return `secret:${this.id}`;
  }

  get latest(): number {
    return this.#latest;
  }

  /** Revisions that are older than the latest and have not been removed. */
  get olderRevisions(): readonly number[] {
    return [...this.#revisions.keys()].filter((revision) => revision < this.#latest);
  }

  content(revision: number): Readonly<Record<string, string>> | undefined {
    return this.#revisions.get(revision);
  }

  /** Adds a revision; the same content again makes none (Juju 3.6 and later). Returns whether one was added. */
  update(content: Readonly<Record<string, string>>): boolean {
    const current = this.#revisions.get(this.#latest);
    if (current !== undefined && same(current, content)) return false;
    this.#latest += 1;
    this.#revisions.set(this.#latest, { ...content });
    return true;
  }

  removeRevision(revision: number): void {
    this.#revisions.delete(revision);
  }

  mayRead(unit: string, app: string): boolean {
    return this.owner === unit || this.owner === app || this.grants.has(app) || this.grants.has(unit);
  }
}

function same(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/** Juju's ids are xids: 20 characters of base 32. */
export function newSecret(content: Readonly<Record<string, string>>, details: SecretDescription): Secret {
  const alphabet = '0123456789abcdefghijklmnopqrstuv';
  const id = [...randomBytes(20)].map((byte) => alphabet[byte % 32] ?? '0').join('');
  return new Secret(id, content, details);
}
