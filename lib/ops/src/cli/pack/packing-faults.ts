import { readYaml } from '../read-yaml.js';

/** A file of a packed charm. */
export interface PackedFile {
  /** Path in the archive. */
  readonly name: string;
  /** Permission bits. */
  readonly mode: number;
  readonly content: Uint8Array;
}

type Fields = Readonly<Record<string, unknown>>;

/** Keys of metadata.yaml that Juju does not take beside `containers`. */
const keysWithoutContainers = ['series', 'min-juju-version', 'deployment'];

/**
 * Why Juju would refuse these files as a charm, or would run none of its hooks; a sentence for each reason.
 *
 * @throws UsageError for a file that is no YAML.
 */
export const packingFaults = (files: readonly PackedFile[]): readonly string[] => {
  const byName = new Map(files.map((file) => [file.name, file]));
  const yaml = (name: string): Fields | undefined => {
    const file = byName.get(name);
    return file === undefined ? undefined : fields(readYaml(name, Buffer.from(file.content).toString('utf8')));
  };
  return [
    ...files
      .filter(({ name }) => /^\.?\/|(^|\/)\.\.(\/|$)/.test(name))
      .map(({ name }) => `${name}: no name for a file`),
    ...metadataFaults(yaml('metadata.yaml')),
    ...manifestFaults(yaml('manifest.yaml')),
    ...dispatchFaults(byName),
    ...optionFaults(yaml('config.yaml')),
  ];
};

const metadataFaults = (metadata: Fields | undefined): readonly string[] => {
  if (metadata === undefined) return ['there is no metadata.yaml'];
  const resources = fields(metadata['resources']);
  return [
    ...['name', 'summary', 'description']
      .filter((key) => typeof metadata[key] !== 'string')
      .map((key) => `metadata.yaml: no ${key}`),
    ...keysWithoutContainers
      .filter((key) => Object.hasOwn(metadata, key))
      .map((key) => `metadata.yaml: ${key} and containers exclude each other`),
    ...Object.entries(fields(metadata['containers']))
      .filter(([, container]) => fields(resources[String(fields(container)['resource'])])['type'] !== 'oci-image')
      .map(([name]) => `metadata.yaml: container ${name} has no resource of type oci-image`),
  ];
};

const manifestFaults = (manifest: Fields | undefined): readonly string[] => {
  const bases = Array.isArray(manifest?.['bases']) ? manifest['bases'].map(fields) : [];
  // Juju refuses a channel that YAML reads as a number.
  const named = bases.filter(({ name, channel }) => typeof name === 'string' && typeof channel === 'string');
  return bases.length > 0 && named.length === bases.length ? [] : ['manifest.yaml: no bases with name and channel'];
};

/** Juju silently skips a hook that is not executable; charmcraft takes the last word of dispatch as the entry point. */
const dispatchFaults = (files: ReadonlyMap<string, PackedFile>): readonly string[] => {
  const dispatch = files.get('dispatch');
  if (dispatch === undefined) return ['there is no dispatch'];
  const last = Buffer.from(dispatch.content).toString('utf8').trim().split(/\s+/).at(-1) ?? '';
  const entryPoint = files.get(last.replace(/^\.\//, ''));
  return [
    ...(isExecutable(dispatch) ? [] : ['dispatch is not executable']),
    ...(entryPoint !== undefined && isExecutable(entryPoint) ? [] : [`dispatch: ${last} is no executable file`]),
  ];
};

const optionFaults = (config: Fields | undefined): readonly string[] =>
  Object.entries(fields(config?.['options']))
    .filter(([, option]) => typeof fields(option)['type'] !== 'string')
    .map(([name]) => `config.yaml: option ${name} has no type`);

const isExecutable = ({ mode }: PackedFile): boolean => (mode & 0o111) === 0o111;

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? { ...value } : {});
