import type { KubeObject } from '@charm-ts/ops';
import { record, records } from './json.js';

/**
 * True when everything that the field manager has applied to the live object is in the intent. What an older version applied and the intent no longer has is a difference too:
 * the next apply takes it away. Reads `managedFields` (Kubernetes, server-side apply: `f:` field, `k:` item by key, `v:` item of a set, `.` the item itself).
 */
export function ownsNothingElse(intent: KubeObject, live: KubeObject, fieldManager: string): boolean {
  return records(live.metadata['managedFields'])
    .filter(({ manager, operation }) => manager === fieldManager && operation === 'Apply')
    .every(({ fieldsV1 }) => covers(intent, fieldsV1));
}

function covers(intent: unknown, owned: unknown): boolean {
  return Object.entries(record(owned)).every(([path, below]) => {
    if (path === '.') return true;
    const value = valueAt(intent, path);
    return value !== undefined && covers(value, below);
  });
}

function valueAt(intent: unknown, path: string): unknown {
  const text = path.slice(2);
  switch (path.slice(0, 2)) {
    case 'f:':
      return record(intent)[text];
    case 'k:': {
      const key = Object.entries(record(JSON.parse(text)));
      // A part of the key that the intent leaves out is the API server's default.
      return records(intent).find((item) =>
        key.every(([name, value]) => item[name] === undefined || item[name] === value),
      );
    }
    case 'v:': {
      const wanted: unknown = JSON.parse(text);
      return Array.isArray(intent) ? intent.find((item) => item === wanted) : undefined;
    }
    default:
      return intent;
  }
}
