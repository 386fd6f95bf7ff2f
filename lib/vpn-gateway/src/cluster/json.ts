/** The value as an object of unknown fields; anything else gives an empty one. For objects of the API server, whose shape is not ours. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The value as a list of objects. */
export function records(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(record) : [];
}

/** The value as a list of texts. */
export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** The value at a path of fields. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((current, field) => record(current)[field], value);
}
