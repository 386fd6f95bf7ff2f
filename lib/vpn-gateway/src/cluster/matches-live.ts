import { record } from './json.js';

const mergeKeys: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  volumes: 'name',
  env: 'name',
  volumeMounts: 'mountPath',
};

/**
 * True when every field of the intent is in the live object with the same value. Fields that others set are not looked at.
 * Lists with a merge key (containers, volumes, …) need to hold our items; other lists must be equal item by item.
 */
export function matchesLive(intent: unknown, live: unknown, field = ''): boolean {
  if (Array.isArray(intent)) return Array.isArray(live) && matchesList(intent, live, mergeKeys[field]);
  if (typeof intent === 'object' && intent !== null) {
    if (typeof live !== 'object' || live === null) return false;
    const values = record(live);
    return Object.entries(intent).every(([name, value]) => matchesLive(value, values[name], name));
  }
  return intent === live;
}

function matchesList(intent: readonly unknown[], live: readonly unknown[], key: string | undefined): boolean {
  if (key === undefined) {
    return intent.length === live.length && intent.every((item, index) => equal(item, live[index]));
  }
  return intent.every((item) =>
    live.some((candidate) => record(candidate)[key] === record(item)[key] && matchesLive(item, candidate)),
  );
}

/** An item of a list that the API server replaces as a whole: a field that somebody added inside is a difference. */
function equal(intent: unknown, live: unknown): boolean {
  if (Array.isArray(intent)) {
    return (
      Array.isArray(live) && intent.length === live.length && intent.every((item, index) => equal(item, live[index]))
    );
  }
  if (typeof intent === 'object' && intent !== null) {
    const [left, right] = [record(intent), record(live)];
    const names = Object.keys(left);
    return names.length === Object.keys(right).length && names.every((name) => equal(left[name], right[name]));
  }
  return intent === live;
}
