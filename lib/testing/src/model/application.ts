import type { CharmDefinition, ConfigValue } from '../charm/charm-definition.js';
import { TestingError } from '../errors/testing-error.js';
import { parseOption } from './parse-option.js';
import type { Life } from './life.js';
import type { Status } from './status.js';
import type { Unit } from './unit.js';

/** A deployed charm. */
export class Application {
  readonly name: string;
  readonly charm: CharmDefinition;
  life: Life = 'alive';
  trust = false;
  trustVersion = 0;
  configVersion = 0;
  /** The number of units asked for. */
  scale = 0;
  nextUnit = 0;
  leader: string | undefined;
  status: Status = { name: 'unknown', message: '' };
  readonly units: Unit[] = [];
  /** Resource name → image or path: what was attached at deployment, else the image that the charm was made for. */
  readonly resources: ReadonlyMap<string, string>;
  /** Names of the storages that every unit has. */
  readonly storages: readonly string[];
  readonly #settings = new Map<string, ConfigValue>();

  constructor(
    name: string,
    charm: CharmDefinition,
    resources: Readonly<Record<string, string>> = {},
    storages: readonly string[] = [],
  ) {
    this.name = name;
    this.charm = charm;
    this.storages = Object.entries(charm.storage)
      .filter(([storage, { optional }]) => optional !== true || storages.includes(storage))
      .map(([storage]) => storage);
    const upstream = Object.entries(charm.resources).flatMap(([resource, { upstreamSource }]) =>
      upstreamSource === undefined ? [] : [[resource, upstreamSource] as const],
    );
    this.resources = new Map([...upstream, ...Object.entries(resources)]);
  }

  /** The image of a container. */
  imageOf(container: string): string {
    const resource = this.charm.containers[container]?.resource;
    if (resource === undefined) return `registry.invalid/${container}`;
    return this.resources.get(resource) ?? `registry.invalid/${resource}`;
  }

  /** Options with a value: what was set, else the default of config.yaml. */
  get config(): Readonly<Record<string, ConfigValue>> {
    const values: Record<string, ConfigValue> = {};
    for (const [name, option] of Object.entries(this.charm.options)) {
      const value = this.#settings.get(name) ?? option.default;
      if (value !== undefined) values[name] = value;
    }
    return values;
  }

  /**
   * Sets options; undefined goes back to the default. Strings are read as the option's type, as `juju config` does.
   *
   * @returns whether the effective configuration changed.
   * @throws TestingError `unknown-option` or `bad-argument`, and then nothing is set.
   */
  configure(values: Readonly<Record<string, ConfigValue | undefined>>): boolean {
    const parsed = Object.entries(values).map(([name, value]) => {
      const option = this.charm.options[name];
      if (option === undefined) throw new TestingError('unknown-option', `unknown option "${name}"`);
      return [name, value === undefined ? undefined : parseOption(name, option, value)] as const;
    });
    const before = JSON.stringify(this.config);
    for (const [name, value] of parsed) {
      if (value === undefined) this.#settings.delete(name);
      else this.#settings.set(name, value);
    }
    const changed = JSON.stringify(this.config) !== before;
    if (changed) this.configVersion += 1;
    return changed;
  }
}
