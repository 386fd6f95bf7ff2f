import { ActionResultError } from '../errors/programming-errors.js';
import type { ActionResults } from './action-event.js';

/** Juju's rule for a key of an action's result, dots included. */
const keyRule = /^[a-z0-9](([a-z0-9-.]+)?[a-z0-9])?$/;

/** Keys that Juju sets itself. */
const reserved: ReadonlySet<string> = new Set([
  'stdout',
  'stderr',
  'stdout-encoding',
  'stderr-encoding',
  'return-code',
]);

/** Nested results as keys with dots. Throws {@link ActionResultError}. */
export const flattenResults = (results: ActionResults, prefix = ''): ReadonlyMap<string, string> => {
  const flat = new Map<string, string>();
  for (const [name, value] of Object.entries(results)) {
    const key = `${prefix}${name}`;
    if (!keyRule.test(name))
      throw new ActionResultError(key, 'a key has lower-case letters, digits, hyphens and dots inside');
    if (reserved.has(key)) throw new ActionResultError(key, 'Juju sets it itself');
    const inner = typeof value === 'object' ? flattenResults(value, `${key}.`) : new Map([[key, String(value)]]);
    for (const [innerKey, text] of inner) {
      if (flat.has(innerKey)) throw new ActionResultError(innerKey, 'it is there twice');
      flat.set(innerKey, text);
    }
  }
  return flat;
};
