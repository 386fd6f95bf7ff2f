/** Members of a parsed document whose shape is not known. */
export type Fields = Readonly<Record<string, unknown>>;

/** The members of an object; none of anything else. */
export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The members of each item of a list; no items of anything else. */
export function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}
