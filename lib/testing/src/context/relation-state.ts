/** A relation of the charm under test, as it is before an event; in an outcome, as it is after it. */
export interface RelationState {
  readonly id: number;
  readonly endpoint: string;
  readonly remoteApp: string;
  readonly remoteAppData: Readonly<Record<string, string>>;
  /** By unit number. */
  readonly remoteUnitsData: Readonly<Record<number, Readonly<Record<string, string>>>>;
  readonly localAppData: Readonly<Record<string, string>>;
  readonly localUnitData: Readonly<Record<string, string>>;
}

let nextId = 1;

/**
 * Describes a relation; one remote unit with an empty databag unless said otherwise.
 *
 * @example
 * const vpn = relation('vpn-gateway', { remoteApp: 'gluetun', remoteAppData: { config: '{…}' } });
 */
export function relation(endpoint: string, details: Partial<Omit<RelationState, 'endpoint'>> = {}): RelationState {
  const id = details.id ?? nextId;
  nextId = Math.max(nextId, id) + 1;
  return {
    remoteApp: 'remote',
    remoteAppData: {},
    remoteUnitsData: { 0: {} },
    localAppData: {},
    localUnitData: {},
    ...details,
    endpoint,
    id,
  };
}
