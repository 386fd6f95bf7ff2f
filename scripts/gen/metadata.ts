import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CharmMetadata } from '@charm-ts/ops';
import { format } from 'prettier';
import { readCharmYaml } from '../../lib/ops/src/cli/charm-yaml.js';
import type { GeneratedFile } from './generated-file.js';

/** `src/generated/metadata.ts` of the charm in the repository's root and of every charm in `charms/`. */
export async function metadata(root = '.'): Promise<GeneratedFile[]> {
  const folders = (await readdir(join(root, 'charms'), { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join('charms', name))
    .sort();
  const files = await Promise.all(['.', ...folders].map((folder) => generate(root, folder)));
  return files.filter((file) => file !== undefined);
}

const generate = async (root: string, folder: string): Promise<GeneratedFile | undefined> => {
  const [meta, config, actions] = await Promise.all(
    ['metadata.yaml', 'config.yaml', 'actions.yaml'].map((name) => readIfThere(join(root, folder, name))),
  );
  if (meta === undefined) return undefined;
  const content = await metadataModule(readCharmYaml({ metadata: meta, config, actions }));
  return { path: join(folder, 'src', 'generated', 'metadata.ts'), content };
};

/** The module that a charm imports its metadata from. */
export const metadataModule = (charm: CharmMetadata): Promise<string> =>
  format(
    [
      '// Generated from metadata.yaml, config.yaml and actions.yaml by `npm run gen`; do not edit.',
      "import type { CharmMetadata } from '@charm-ts/ops';",
      '',
      '/** What the YAML files of this charm declare. */',
      `export const metadata = ${JSON.stringify(charm)} as const satisfies CharmMetadata;`,
      '',
    ].join('\n'),
    { parser: 'typescript', singleQuote: true, printWidth: 120 },
  );

const readIfThere = async (path: string): Promise<string | undefined> =>
  existsSync(path) ? readFile(path, 'utf8') : undefined;
