import { isEqual } from '../json/equal.js';
import { asList, asObject, asText, at, members, without } from '../json/json.js';
import type { Json, JsonObject } from '../json/json.js';
import type { FailureCause } from './api-failure.js';

const required = (field: string): FailureCause => ({ reason: 'FieldValueRequired', message: 'Required value', field });
const wrong = (field: string, value: string, why: string): FailureCause => ({
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${value}: ${why}`,
  field,
});
const duplicate = (field: string, value: string): FailureCause => ({
  reason: 'FieldValueDuplicate',
  message: `Duplicate value: "${value}"`,
  field,
});
const missing = (field: string, value: string): FailureCause => ({
  reason: 'FieldValueNotFound',
  message: `Not found: "${value}"`,
  field,
});

const mutable = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
] as const;

/** The checks of the API server that a charm's writes can run into. */
export const validateStatefulSet = (object: JsonObject, live: JsonObject | undefined): readonly FailureCause[] => {
  const spec = asObject(object.spec);
  return [
    ...validateSelector(spec),
    ...validatePodSpec(asObject(at(spec, 'template', 'spec')), 'spec.template.spec', claimsOf(spec)),
    ...(live === undefined ? [] : validateImmutable(spec, asObject(live.spec))),
  ];
};

const validateSelector = (spec: JsonObject): readonly FailureCause[] => {
  const sent = at(spec, 'template', 'metadata', 'labels');
  const labels = asObject(sent);
  const mismatch = wrong(
    'spec.template.metadata.labels',
    JSON.stringify(sent ?? null),
    '`selector` does not match template `labels`',
  );
  if (spec.selector === undefined) return [required('spec.selector'), mismatch];
  const matches = members(asObject(at(spec, 'selector', 'matchLabels'))).every(
    ([name, value]) => labels[name] === value,
  );
  return matches ? [] : [mismatch];
};

const validateImmutable = (spec: JsonObject, live: JsonObject): readonly FailureCause[] => {
  if (isEqual(without(spec, ...mutable), without(live, ...mutable))) return [];
  const names = mutable.map((name) => `'${name}'`);
  const list = `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  return [
    {
      reason: 'FieldValueForbidden',
      message: `Forbidden: updates to statefulset spec for fields other than ${list} are forbidden`,
      field: 'spec',
    },
  ];
};

/** Claims are volumes too as far as mounts are concerned. */
const claimsOf = (spec: JsonObject): readonly string[] =>
  namesOf(asList(spec.volumeClaimTemplates).map((claim) => asObject(asObject(claim).metadata)));

const validatePodSpec = (spec: JsonObject, path: string, claims: readonly string[]): readonly FailureCause[] => {
  const volumes = namesOf(spec.volumes);
  const mountable = [...volumes, ...claims];
  const containers = asList(spec.containers).map(asObject);
  const inits = asList(spec.initContainers).map(asObject);
  return [
    ...repeated(volumes).map(([index, name]) => duplicate(`${path}.volumes[${index}].name`, name)),
    ...(containers.length === 0 ? [required(`${path}.containers`)] : []),
    ...containers.flatMap((one, index) => validateContainer(one, `${path}.containers[${index}]`, mountable)),
    ...repeated(namesOf(spec.containers)).map(([index, name]) => duplicate(`${path}.containers[${index}].name`, name)),
    ...inits.flatMap((one, index) => validateContainer(one, `${path}.initContainers[${index}]`, mountable)),
    ...repeated(namesOf(spec.initContainers)).map(([index, name]) =>
      duplicate(`${path}.initContainers[${index}].name`, name),
    ),
  ];
};

const validateContainer = (
  container: JsonObject,
  path: string,
  volumes: readonly string[],
): readonly FailureCause[] => [
  ...(asText(container.name) === '' ? [required(`${path}.name`)] : []),
  ...(asText(container.image) === '' ? [required(`${path}.image`)] : []),
  ...asList(container.volumeMounts)
    .map(asObject)
    .flatMap((mount, index) =>
      volumes.includes(asText(mount.name)) ? [] : [missing(`${path}.volumeMounts[${index}].name`, asText(mount.name))],
    ),
];

const namesOf = (list: Json | undefined): readonly string[] => asList(list).map((item) => asText(asObject(item).name));

/** Index and name of each name that stood in the list before. */
const repeated = (names: readonly string[]): readonly (readonly [number, string])[] =>
  names.flatMap((name, index) => (names.indexOf(name) < index ? [[index, name] as const] : []));
