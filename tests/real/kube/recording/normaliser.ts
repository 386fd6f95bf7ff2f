import type { ApiRequest, ApiResponse } from '../api/api-request.js';
import type { Recording } from './sequence.js';

const time = '2026-01-01T00:00:00Z';
const timeFields = new Set(['creationTimestamp', 'deletionTimestamp', 'time']);
const timePattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const uidPattern = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * Replaces what differs from run to run by names that keep what matters: equal resource versions stay equal (`rv-1`), as do
 * uids (`uid-1`). One instance for one sequence. The resource version of a list is that of the whole server: `rv-list`.
 */
export class Normaliser {
  readonly #address: string;
  readonly #versions = new Map<string, string>();
  readonly #uids = new Map<string, string>();

  /** @param address - `host:port` of the server, which is written as `127.0.0.1:6443` */
  constructor(address: string) {
    this.#address = address;
  }

  step(request: ApiRequest, response: ApiResponse): Recording['steps'][number] {
    return {
      request: this.#value(request, '') as ApiRequest,
      response: this.#value(response, '') as ApiResponse,
    };
  }

  #value(value: unknown, key: string): unknown {
    if (typeof value === 'string') return this.#text(value, key);
    if (Array.isArray(value)) {
      const items: readonly unknown[] =
        key === 'managedFields' ? [...(value as readonly unknown[])].sort(byOperationAndManager) : value;
      return items.map((item) => this.#value(item, ''));
    }
    if (typeof value !== 'object' || value === null) return value;
    const isList = 'items' in value;
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => [
        name,
        isList && name === 'metadata' ? { resourceVersion: 'rv-list' } : this.#value(field, name),
      ]),
    );
  }

  #text(text: string, key: string): string {
    if (timeFields.has(key) && timePattern.test(text)) return time;
    if (key === 'resourceVersion') return named(this.#versions, text, 'rv');
    return text
      .replaceAll(this.#address, '127.0.0.1:6443')
      .replaceAll(uidPattern, (uid) => (isFixedUid(uid) ? uid : named(this.#uids, uid, 'uid')));
  }
}

/** The uids that the sequences themselves write have one repeated digit in their first part: 11111111-… */
function isFixedUid(uid: string): boolean {
  return /^(\w)\1{7}-/.test(uid);
}

/**
 * The server's own order for entries written in the same second. One that has never changed a value (it shares another manager's)
 * has no time and stands first.
 */
function byOperationAndManager(left: unknown, right: unknown): number {
  const text = (entry: unknown) => {
    const { operation, manager, time: at } = entry as Readonly<Record<string, string | undefined>>;
    return `${operation ?? ''} ${at === undefined ? '' : 'dated'} ${manager ?? ''}`;
  };
  return text(left) < text(right) ? -1 : 1;
}

function named(names: Map<string, string>, value: string, prefix: string): string {
  const known = names.get(value);
  if (known !== undefined) return known;
  const name = `${prefix}-${String(names.size + 1)}`;
  names.set(value, name);
  return name;
}
