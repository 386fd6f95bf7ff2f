import { asList, asObject, asText, at, isObject } from '../json/json.js';
import type { Json, JsonObject } from '../json/json.js';
import { FieldSet } from './field-set.js';

/** What one manager owns, by one way of writing. */
export interface ManagerEntry {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource: string;
  /** When it last changed something, RFC 3339 with seconds; empty for an applier that only joined in owning what was there. */
  readonly time: string;
  readonly fields: FieldSet;
}

/** All managers of an object, by identity. */
export type Managers = ReadonlyMap<string, ManagerEntry>;

/** Appliers are the same across API versions, updaters are not. */
export const managerIdentity = (entry: Omit<ManagerEntry, 'time' | 'fields'>): string =>
  JSON.stringify([
    entry.manager,
    entry.operation,
    entry.operation === 'Apply' ? '' : entry.apiVersion,
    entry.subresource,
  ]);

const parseEntry = (value: Json): readonly ManagerEntry[] => {
  if (!isObject(value)) return [];
  return [
    {
      manager: asText(value.manager),
      operation: value.operation === 'Apply' ? 'Apply' : 'Update',
      apiVersion: asText(value.apiVersion),
      subresource: asText(value.subresource),
      time: asText(value.time),
      fields: FieldSet.parse(asObject(value.fieldsV1)),
    },
  ];
};

/** The managers that an object's metadata tells of. */
export const managersOf = (object: JsonObject | undefined): Managers =>
  new Map(
    asList(at(object, 'metadata', 'managedFields'))
      .flatMap(parseEntry)
      .map((entry) => [managerIdentity(entry), entry]),
  );

/** As `metadata.managedFields`: appliers first, then by time and name. */
export const toManagedFields = (managers: Managers): readonly JsonObject[] =>
  [...managers.values()]
    .filter((entry) => !entry.fields.isEmpty)
    .toSorted((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1))
    .map((entry) => ({
      manager: entry.manager,
      operation: entry.operation,
      apiVersion: entry.apiVersion,
      ...(entry.time === '' ? {} : { time: entry.time }),
      fieldsType: 'FieldsV1',
      fieldsV1: entry.fields.toFieldsV1(),
      ...(entry.subresource === '' ? {} : { subresource: entry.subresource }),
    }));

const sortKey = (entry: ManagerEntry): string =>
  [entry.operation, entry.time, entry.manager, entry.apiVersion, entry.subresource].join('\0');

const serverOwned = [
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata'],
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'uid',
    'generation',
    'managedFields',
    'resourceVersion',
    'selfLink',
  ].map((name) => ['f:metadata', `f:${name}`]),
];
const stripped = FieldSet.union(serverOwned.map((path) => FieldSet.ofPath(path)));

/** Nobody owns what identifies an object or what the server counts. */
export const withoutServerFields = (fields: FieldSet): FieldSet => fields.difference(stripped);
