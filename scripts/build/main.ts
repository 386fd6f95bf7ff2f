import { link, copyFile, chmod, mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { bundleKubernetesClient } from './bundle.js';
import { type Charm, charmFiles, isCharmNamed } from './charm-files.js';
import { charmFileName } from '../../lib/ops/src/cli/pack/manifest.js';
import { packingFaults } from '../../lib/ops/src/cli/pack/packing-faults.js';
import { deflatedNode, nodePackageFolder } from './node-binary.js';
import { zip } from '../../lib/ops/src/cli/pack/zip.js';

const root = process.cwd();
const dist = join(root, 'dist');
const nodeLicence = 'LICENSE.node';

const charmFolders = async (): Promise<readonly string[]> => {
  const clients = (await readdir(join(root, 'charms'))).sort().map((name) => join(root, 'charms', name));
  const complete = await Promise.all(
    clients.map((folder) =>
      stat(join(folder, 'charmcraft.yaml')).then(
        () => [folder],
        () => [],
      ),
    ),
  );
  return [root, ...complete.flat()];
};

/** A hard link is made at once; across file systems the binary is copied. */
const place = async (source: string, target: string): Promise<void> => {
  await mkdir(dirname(target), { recursive: true });
  await link(source, target).catch(() => copyFile(source, target));
};

const writeUnpacked = async (charm: Charm, nodePackage: string): Promise<string> => {
  const folder = join(dist, charm.name);
  await rm(folder, { recursive: true, force: true });
  for (const { name, mode, content } of charm.files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
    await chmod(join(folder, name), mode);
  }
  await place(join(nodePackage, 'bin', 'node'), join(folder, 'bin', 'node'));
  await copyFile(join(nodePackage, 'LICENSE'), join(folder, nodeLicence));
  return folder;
};

const writePacked = async (charm: Charm, nodePackage: string): Promise<string> => {
  const faults = packingFaults(charm.files);
  if (faults.length > 0) throw new Error(`${charm.name}: ${faults.join('; ')}`);
  const node = await deflatedNode(root, await readFile(join(nodePackage, 'bin', 'node')));
  const path = join(dist, charmFileName(charm.name, charm.base));
  await mkdir(dist, { recursive: true });
  const file = await open(path, 'w');
  try {
    const parts = zip([
      ...charm.files,
      { name: 'bin/node', mode: 0o755, content: node },
      { name: nodeLicence, mode: 0o644, content: await readFile(join(nodePackage, 'LICENSE')) },
    ]);
    for (const part of parts) await file.write(part);
  } finally {
    await file.close();
  }
  return path;
};

const sizeOf = async (path: string): Promise<string> => {
  const { size, isDirectory } = await stat(path).then((found) => ({
    size: found.size,
    isDirectory: found.isDirectory(),
  }));
  return isDirectory ? '' : `  ${Math.round(size / 1e6)} MB`;
};

const unpacked = process.argv.includes('--dir');
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const folders = (await charmFolders()).filter((folder) => isCharmNamed(folder, root, names));
if (folders.length === 0) throw new Error(`there is no charm named ${names.join(', ')}`);

const [kubernetesClient, nodePackage] = await Promise.all([bundleKubernetesClient(root), nodePackageFolder(root)]);
for (const folder of folders) {
  const charm = await charmFiles(root, folder, kubernetesClient);
  const path = await (unpacked ? writeUnpacked(charm, nodePackage) : writePacked(charm, nodePackage));
  process.stdout.write(`${relative(root, path)}${await sizeOf(path)}\n`);
}
