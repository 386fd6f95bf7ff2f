/** Both sides keep one JSON document under this key. */
export const databagKey = 'config';

/** The document of a databag, before any schema has looked at it. */
export type DatabagDocument =
  | { readonly kind: 'empty' }
  | { readonly kind: 'invalid'; readonly faults: readonly string[] }
  | { readonly kind: 'document'; readonly fields: Readonly<Record<string, unknown>> };

/** Parses the document and keeps the named fields only, so that newer peers do not break older ones. */
export function parseDocument(
  databag: Readonly<Record<string, string>>,
  known: Readonly<Record<string, unknown>>,
): DatabagDocument {
  const text = databag[databagKey];
  if (text === undefined || text.trim() === '') return { kind: 'empty' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'invalid', faults: [`${databagKey} is not JSON`] };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { kind: 'invalid', faults: [`${databagKey} is not a JSON object`] };
  }
  return {
    kind: 'document',
    fields: Object.fromEntries(Object.entries(value).filter(([name]) => Object.hasOwn(known, name))),
  };
}
