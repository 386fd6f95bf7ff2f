import { createHash } from 'node:crypto';
import { isList, isObject, members } from '../json/json.js';
import type { Json } from '../json/json.js';

/** Ten hexadecimal digits that change with the pod template, and with nothing else. */
export const revisionOf = (template: Json | undefined): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(template ?? null)))
    .digest('hex')
    .slice(0, 10);

const sorted = (value: Json): Json => {
  if (isList(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    members(value)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
};
