import { access, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { load } from 'js-yaml';
import { type Bundle, bundleCharm, kubernetesFile } from './bundle.js';
import { thirdPartyLicences } from './licences.js';
import { type CharmBase, manifest, readBase } from '../../lib/ops/src/cli/pack/manifest.js';

export interface CharmFile {
  readonly name: string;
  readonly mode: number;
  readonly content: Uint8Array;
}

/** A charm, complete but for Node.js itself. */
export interface Charm {
  readonly name: string;
  readonly base: CharmBase;
  readonly files: readonly CharmFile[];
}

const readable = 0o644;
const executable = 0o755;

/**
 * Juju starts it without arguments in the charm's folder. charmcraft's linter takes the last word of the last line as
 * the entry point, which has to be an executable file.
 */
export const dispatch = `#!/bin/sh\nexec ./bin/node ./src/charm.cjs\n`;

const optionalFiles = ['config.yaml', 'actions.yaml', 'icon.svg'] as const;

const text = (name: string, content: string, mode = readable): CharmFile => ({
  name,
  mode,
  content: Buffer.from(content),
});

const existing = async (folder: string, names: readonly string[]): Promise<readonly CharmFile[]> => {
  const found = await Promise.all(
    names.map(async (name): Promise<CharmFile[]> => {
      const path = join(folder, name);
      const present = await access(path).then(
        () => true,
        () => false,
      );
      return present ? [{ name, mode: readable, content: await readFile(path) }] : [];
    }),
  );
  return found.flat();
};

const nameIn = (metadata: string): string => {
  const { name } = load(metadata) as { name?: unknown };
  if (typeof name !== 'string') throw new Error('metadata.yaml has no name');
  return name;
};

/** All files of one charm but Node.js. */
export const charmFiles = async (root: string, folder: string, kubernetesClient: Bundle): Promise<Charm> => {
  const [metadata, charmcraft, licence, code] = await Promise.all([
    readFile(join(folder, 'metadata.yaml'), 'utf8'),
    readFile(join(folder, 'charmcraft.yaml'), 'utf8'),
    readFile(join(root, 'LICENSE'), 'utf8'),
    bundleCharm(root, folder),
  ]);
  const base = readBase(charmcraft);
  const inputs = [...code.inputs, ...kubernetesClient.inputs];
  return {
    name: nameIn(metadata),
    base,
    files: [
      text('metadata.yaml', metadata),
      text('manifest.yaml', manifest(base)),
      text('dispatch', dispatch, executable),
      text('LICENSE', licence),
      text('THIRD_PARTY_LICENSES', await thirdPartyLicences(root, inputs)),
      ...(await existing(folder, optionalFiles)),
      { name: 'src/charm.cjs', mode: executable, content: code.code },
      { name: `src/${kubernetesFile}`, mode: readable, content: kubernetesClient.code },
    ],
  };
};

/** Folders of all charms: the repository's own and those in charms/. */
export const isCharmNamed = (folder: string, root: string, names: readonly string[]): boolean =>
  names.length === 0 || names.includes(folder === root ? 'gluetun-k8s' : basename(folder));
