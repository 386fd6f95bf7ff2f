import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readCharmYaml } from './charm-yaml.js';
import { UsageError } from './usage-error.js';

const readIfThere = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);

/** Keys that need no quotes lose them, so that the file reads like one that a person has written. */
const source = (value: unknown): string =>
  JSON.stringify(value, undefined, 2).replaceAll(/^(\s*)"([a-zA-Z_]\w*)":/gm, '$1$2:');

const path = join('src', 'generated', 'metadata.ts');

/**
 * Writes `src/generated/metadata.ts` of a charm from its YAML files.
 *
 * @returns the file's path, relative to the folder.
 * @throws UsageError when the folder has no `metadata.yaml`, and for what is wrong in the files.
 */
export const generate = async (folder: string): Promise<string> => {
  const [metadata, config, actions] = await Promise.all(
    ['metadata.yaml', 'config.yaml', 'actions.yaml'].map((name) => readIfThere(join(folder, name))),
  );
  if (metadata === undefined) throw new UsageError(`${folder} is no charm: it has no metadata.yaml`);
  const text = [
    '// Generated from metadata.yaml, config.yaml and actions.yaml by `npm run gen`; do not edit.',
    "import type { CharmMetadata } from '@charm-ts/ops';",
    '',
    '/** What the YAML files of this charm declare. */',
    `export const metadata = ${source(readCharmYaml({ metadata, config, actions }))} as const satisfies CharmMetadata;`,
    '',
  ].join('\n');
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
  return path;
};
