import { dump } from 'js-yaml';
import { readYaml } from '../read-yaml.js';
import { UsageError } from '../usage-error.js';

/** Where a charm runs, read from its charmcraft.yaml. */
export interface CharmBase {
  readonly name: string;
  readonly channel: string;
  readonly architecture: string;
}

/**
 * Reads `base: ubuntu@24.04` and the single platform of a charmcraft.yaml.
 *
 * @throws UsageError when it does not name both.
 */
export const readBase = (charmcraft: string): CharmBase => {
  const { base, platforms } = fields(readYaml('charmcraft.yaml', charmcraft));
  const [name, channel] = typeof base === 'string' ? base.split('@') : [];
  const architectures = Object.keys(fields(platforms));
  const [architecture] = architectures;
  if (name === undefined || channel === undefined || architecture === undefined || architectures.length !== 1) {
    throw new UsageError('charmcraft.yaml: needs a base such as ubuntu@24.04 and one platform');
  }
  return { name, channel, architecture };
};

/** manifest.yaml: Juju refuses a charm with containers whose manifest names no base, or a base with a number as channel. */
export const manifest = ({ name, channel, architecture }: CharmBase): string =>
  dump({ bases: [{ name, channel, architectures: [architecture] }] }, { quoteStyle: 'double', forceQuotes: true });

/** File name of the packed charm, as charmcraft would give it. */
export const charmFileName = (charm: string, { name, channel, architecture }: CharmBase): string =>
  `${charm}_${name}@${channel}-${architecture}.charm`;

const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
