import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readCharmYaml } from '../charm-yaml.js';
import { filesIn } from '../files-in.js';
import { UsageError } from '../usage-error.js';
import { charmFileName, manifest, readBase } from './manifest.js';
import { type PackedFile, packingFaults } from './packing-faults.js';
import { zip } from './zip.js';

/**
 * Packs a built charm as `charmcraft pack` would, without its container: the folder's files and a manifest, in an archive that is
 * the same for the same files.
 *
 * @param built Folder with all that the charm needs, `dispatch` and `metadata.yaml` among it.
 * @param project Folder of charmcraft.yaml, where the archive goes.
 * @returns the archive's name.
 * @throws UsageError for what is missing, what is no YAML and what Juju would refuse.
 */
export const pack = async (built: string, project: string): Promise<string> => {
  const base = readBase(await readText(join(project, 'charmcraft.yaml')));
  const names = await filesIn(built).catch(() => {
    throw new UsageError(`${built} does not exist: build the charm first`);
  });
  const files: PackedFile[] = await Promise.all(
    names.map(async (name) => {
      const path = join(built, name);
      return { name, mode: ((await stat(path)).mode & 0o111) === 0 ? 0o644 : 0o755, content: await readFile(path) };
    }),
  );
  if (!names.includes('manifest.yaml')) {
    files.push({ name: 'manifest.yaml', mode: 0o644, content: Buffer.from(manifest(base)) });
  }
  const faults = packingFaults(files);
  if (faults.length > 0) throw new UsageError(faults.join('; '));
  const metadata = await readText(join(built, 'metadata.yaml'));
  const archive = charmFileName(readCharmYaml({ metadata, config: undefined, actions: undefined }).name, base);
  const file = await open(join(project, archive), 'w');
  try {
    for (const part of zip(files)) await file.write(part);
  } finally {
    await file.close();
  }
  return archive;
};

const readText = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch(() => {
    throw new UsageError(`${path} is missing`);
  });
