import type { CharmMetadata } from '../metadata/charm-metadata.js';
import { readYaml } from './read-yaml.js';
import { UsageError } from './usage-error.js';

/** The texts of a charm's YAML files; `undefined` for one that the charm does not have. */
export interface CharmYaml {
  readonly metadata: string;
  readonly config: string | undefined;
  readonly actions: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const optionTypes = { string: 'string', secret: 'string', int: 'number', float: 'number', boolean: 'boolean' } as const;

/**
 * What a charm's YAML files declare, reduced to what the types need.
 *
 * @throws UsageError with the file and the place of what is wrong.
 */
export const readCharmYaml = ({ metadata, config, actions }: CharmYaml): CharmMetadata => {
  const meta = parse('metadata.yaml', metadata);
  const section = (name: string): Fields => fields(`metadata.yaml: ${name}`, meta[name]);
  return {
    name: text('metadata.yaml: name', meta['name']),
    containers: mapEach(section('containers'), 'metadata.yaml: containers.', container),
    provides: mapEach(section('provides'), 'metadata.yaml: provides.', endpoint),
    requires: mapEach(section('requires'), 'metadata.yaml: requires.', endpoint),
    peers: mapEach(section('peers'), 'metadata.yaml: peers.', endpoint),
    options: mapEach(
      fields('config.yaml: options', parse('config.yaml', config)['options']),
      'config.yaml: options.',
      option,
    ),
    actions: mapEach(parse('actions.yaml', actions), 'actions.yaml: ', ({ params }, place) => ({
      params: mapEach(fields(`${place}.params`, params), `${place}.params.`, (parameter, where) => ({
        type: text(`${where}.type`, parameter['type']),
        ...(parameter['default'] === undefined ? {} : { default: parameter['default'] }),
      })),
    })),
    storage: mapEach(section('storage'), 'metadata.yaml: storage.', storage),
    resources: mapEach(section('resources'), 'metadata.yaml: resources.', resource),
  };
};

const container = (declared: Fields, place: string): CharmMetadata['containers'][string] => ({
  ...(declared['resource'] === undefined ? {} : { resource: text(`${place}.resource`, declared['resource']) }),
  ...(declared['mounts'] === undefined ? {} : { mounts: list(`${place}.mounts`, declared['mounts']).map(mount) }),
});

const mount = ([place, declared]: readonly [string, Fields]): {
  readonly storage: string;
  readonly location: string;
} => ({
  storage: text(`${place}.storage`, declared['storage']),
  location: text(`${place}.location`, declared['location']),
});

const resource = (declared: Fields, place: string): CharmMetadata['resources'][string] => {
  const source = declared['upstream-source'];
  return {
    ...typed(declared, place),
    ...(source === undefined ? {} : { upstreamSource: text(`${place}.upstream-source`, source) }),
  };
};

const endpoint = (declared: Fields, place: string): CharmMetadata['requires'][string] => ({
  interface: text(`${place}.interface`, declared['interface']),
  ...(typeof declared['limit'] === 'number' ? { limit: declared['limit'] } : {}),
  ...(typeof declared['optional'] === 'boolean' ? { optional: declared['optional'] } : {}),
});

const option = (declared: Fields, place: string): CharmMetadata['options'][string] => {
  const type = text(`${place}.type`, declared['type']);
  if (!isOptionType(type))
    throw new UsageError(`${place}.type: ${type} is not one of ${Object.keys(optionTypes).join(', ')}`);
  const byDefault = declared['default'];
  if (byDefault === undefined || byDefault === null) return { type };
  if (typeof byDefault !== optionTypes[type]) throw new UsageError(`${place}.default: not of type ${type}`);
  if (typeof byDefault !== 'string' && typeof byDefault !== 'number' && typeof byDefault !== 'boolean') return { type };
  return { type, default: byDefault };
};

const isOptionType = (type: string): type is keyof typeof optionTypes => Object.hasOwn(optionTypes, type);

const typed = (declared: Fields, place: string): { readonly type: string } => ({
  type: text(`${place}.type`, declared['type']),
});

/** `multiple: {range: 0-…}` is how a charm says that a storage may be missing. */
const storage = (declared: Fields, place: string): CharmMetadata['storage'][string] => {
  const { range } = fields(`${place}.multiple`, declared['multiple']);
  return {
    ...typed(declared, place),
    ...(typeof range === 'string' && range.startsWith('0') ? { optional: true } : {}),
  };
};

const parse = (file: string, yaml: string | undefined): Fields =>
  yaml === undefined ? {} : fields(file, readYaml(file, yaml));

/** Nothing at all counts as no fields: `action:` without a body is fine in YAML and in Juju. */
const fields = (place: string, value: unknown): Fields => {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new UsageError(`${place}: not a mapping`);
  return Object.fromEntries(Object.entries(value));
};

/** The mappings of a list, each with its place. */
const list = (place: string, value: unknown): readonly (readonly [string, Fields])[] => {
  if (!Array.isArray(value)) throw new UsageError(`${place}: not a list`);
  return value.map((item: unknown, index) => [`${place}[${index}]`, fields(`${place}[${index}]`, item)] as const);
};

const text = (place: string, value: unknown): string => {
  if (typeof value !== 'string' || value === '') throw new UsageError(`${place}: not a text`);
  return value;
};

/** Each member by its name; `before` is what its place begins with. */
const mapEach = <T>(declared: Fields, before: string, map: (item: Fields, place: string) => T): Record<string, T> =>
  Object.fromEntries(
    Object.entries(declared).map(([name, item]) => [name, map(fields(before + name, item), before + name)]),
  );
