/** A scalar; `any` takes strings and numbers (quantities, ports by name or number). */
export interface ScalarSchema {
  readonly kind: 'scalar';
  readonly type: 'string' | 'number' | 'boolean' | 'any';
  /** The API server stores no empty text, zero or `false` here (Go's `omitempty` on a plain value). */
  readonly zeroIsAbsent?: boolean;
}

/** A list or an object that is owned and replaced as a whole. */
export interface AtomicSchema {
  readonly kind: 'atomic';
}

/** An object whose fields are declared; another field is an error. */
export interface StructSchema {
  readonly kind: 'struct';
  readonly fields: Readonly<Record<string, Schema>>;
}

/** An object with free names, each owned on its own: labels, a ConfigMap's data. */
export interface MapSchema {
  readonly kind: 'map';
  readonly values: Schema;
}

/** A list of objects that are told apart by the values of some fields. */
export interface ItemsSchema {
  readonly kind: 'items';
  /** What server-side apply tells items apart by. */
  readonly keys: readonly string[];
  /** Values of keys that an item may leave out. */
  readonly keyDefaults: Readonly<Record<string, string>>;
  /** What a strategic merge patch tells items apart by. */
  readonly mergeKey: string;
  readonly item: Schema;
}

/** A list of scalars without repetition: finalizers. */
export interface SetSchema {
  readonly kind: 'set';
}

/** Anything: objects are maps, lists are atomic. For the parts that nobody here merges, and for custom resources. */
export interface OpenSchema {
  readonly kind: 'open';
}

/** How the parts of an object merge: what the API server takes from the OpenAPI extensions `x-kubernetes-list-map-keys` and the like. */
export type Schema = ScalarSchema | AtomicSchema | StructSchema | MapSchema | ItemsSchema | SetSchema | OpenSchema;

export const text: ScalarSchema = { kind: 'scalar', type: 'string' };
export const number: ScalarSchema = { kind: 'scalar', type: 'number' };
export const flag: ScalarSchema = { kind: 'scalar', type: 'boolean' };
export const optionalText: ScalarSchema = { ...text, zeroIsAbsent: true };
export const optionalFlag: ScalarSchema = { ...flag, zeroIsAbsent: true };
export const quantity: ScalarSchema = { kind: 'scalar', type: 'any' };
export const atomic: AtomicSchema = { kind: 'atomic' };
export const open: OpenSchema = { kind: 'open' };
export const set: SetSchema = { kind: 'set' };
export const struct = (fields: Readonly<Record<string, Schema>>): StructSchema => ({ kind: 'struct', fields });
export const mapOf = (values: Schema): MapSchema => ({ kind: 'map', values });

/** An associative list with one key, which strategic merge patches use as well. */
export const itemsBy = (key: string, item: Schema): ItemsSchema => ({
  kind: 'items',
  keys: [key],
  keyDefaults: {},
  mergeKey: key,
  item,
});

/** The ports of a container or a service: strategic merge patches forget that TCP and UDP may share a number (kubernetes #39188). */
export const portsBy = (key: string, item: Schema): ItemsSchema => ({
  kind: 'items',
  keys: [key, 'protocol'],
  keyDefaults: { protocol: 'TCP' },
  mergeKey: key,
  item,
});

/** The schema of a member, or `undefined` where a struct declares none. */
export const memberSchema = (schema: Schema, name: string): Schema | undefined => {
  switch (schema.kind) {
    case 'struct':
      return schema.fields[name];
    case 'map':
      return schema.values;
    case 'open':
      return open;
    case 'scalar':
    case 'atomic':
    case 'items':
    case 'set':
      return undefined;
    default:
      return schema satisfies never;
  }
};
