import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { TestingError } from '../errors/testing-error.js';
import { type Fields, fields, list } from './fields.js';
import type {
  ActionDefinition,
  CharmDefinition,
  ConfigValue,
  ContainerDefinition,
  EndpointDefinition,
  OptionDefinition,
} from './charm-definition.js';

/**
 * Reads a charm's folder (the unpacked `.charm` or the source folder of one).
 *
 * @throws TestingError `bad-charm` when metadata.yaml is missing or declares an unknown option type.
 */
export function readCharmFolder(folder: string): CharmDefinition {
  const metadata = readYaml(folder, 'metadata.yaml');
  if (metadata === undefined) {
    throw new TestingError('bad-charm', `${folder} is not a charm: it has no metadata.yaml`);
  }
  const config = readYaml(folder, 'config.yaml') ?? {};
  const actions = readYaml(folder, 'actions.yaml') ?? {};
  return {
    name: text(metadata['name']) ?? '',
    containers: mapOf(metadata['containers'], container),
    provides: mapOf(metadata['provides'], endpoint),
    requires: mapOf(metadata['requires'], endpoint),
    peers: mapOf(metadata['peers'], endpoint),
    options: mapOf(config['options'], (item, name) => option(item, name, folder)),
    actions: mapOf(actions, action),
    storage: mapOf(metadata['storage'], storage),
    resources: mapOf(metadata['resources'], (item) =>
      definedOnly({ type: text(item['type']) ?? 'oci-image', upstreamSource: text(item['upstream-source']) }),
    ),
  };
}

function readYaml(folder: string, name: string): Fields | undefined {
  const path = join(folder, name);
  if (!existsSync(path)) return undefined;
  const content = readFileSync(path, 'utf8');
  return content.trim() === '' ? {} : fields(load(content));
}

function container({ resource, mounts }: Fields): ContainerDefinition {
  const mounted = list(mounts).map(({ storage: name, location }) => ({
    storage: text(name) ?? '',
    location: text(location) ?? '',
  }));
  return definedOnly({ resource: text(resource), mounts: mounted.length === 0 ? undefined : mounted });
}

function endpoint(item: Fields): EndpointDefinition {
  const limit = item['limit'];
  const optional = item['optional'];
  return definedOnly({
    interface: text(item['interface']) ?? '',
    limit: typeof limit === 'number' ? limit : undefined,
    optional: typeof optional === 'boolean' ? optional : undefined,
  });
}

function storage(item: Fields): CharmDefinition['storage'][string] {
  const range = fields(item['multiple'])['range'];
  const optional = typeof range === 'string' && range.startsWith('0') ? true : undefined;
  return definedOnly({ type: text(item['type']) ?? 'filesystem', optional });
}

function option(item: Fields, name: string, folder: string): OptionDefinition {
  const type = item['type'];
  switch (type) {
    case 'string':
    case 'int':
    case 'float':
    case 'boolean':
    case 'secret':
      return definedOnly({ type, default: scalar(item['default']) });
    default:
      throw new TestingError('bad-charm', `${folder}/config.yaml: option "${name}" has the type ${String(type)}`);
  }
}

function action(item: Fields): ActionDefinition {
  return {
    params: mapOf(item['params'], (param) =>
      definedOnly({ type: text(param['type']) ?? 'string', default: param['default'] }),
    ),
  };
}

function mapOf<T>(value: unknown, convert: (item: Fields, name: string) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(fields(value)).map(([name, item]) => [name, convert(fields(item), name)]));
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function scalar(value: unknown): ConfigValue | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Drops fields that are undefined: absent and undefined differ under exactOptionalPropertyTypes. */
function definedOnly<T extends object>(value: T): Defined<T> {
  // The entries that are left are exactly those of Defined<T>.
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Defined<T>;
}
