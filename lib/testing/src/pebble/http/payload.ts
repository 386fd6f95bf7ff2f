import { Refused } from '../refused.js';

/** An object from a client, read field by field. */
export class Payload {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(value: unknown) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Refused('cannot decode request body: json: cannot unmarshal into Go value');
    }
    this.#fields = { ...value };
  }

  static parse(body: Buffer): Payload {
    let value: unknown;
    try {
      value = JSON.parse(body.toString('utf8'));
    } catch {
      throw new Refused(`cannot decode request body: ${body.length === 0 ? 'EOF' : 'invalid character'}`);
    }
    return new Payload(value);
  }

  text(key: string): string {
    const value = this.#fields[key];
    return typeof value === 'string' ? value : '';
  }

  flag(key: string): boolean {
    return this.#fields[key] === true;
  }

  number(key: string): number | undefined {
    const value = this.#fields[key];
    return typeof value === 'number' ? value : undefined;
  }

  texts(key: string): readonly string[] {
    const value = this.#fields[key];
    return Array.isArray(value) ? value.map(String) : [];
  }

  record(key: string): Readonly<Record<string, string>> {
    const value = this.#fields[key];
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).map(([name, content]) => [name, String(content)]));
  }

  objects(key: string): readonly Payload[] {
    const value = this.#fields[key];
    return Array.isArray(value) ? value.map((item) => new Payload(item)) : [];
  }
}
