import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface PackageDescription {
  readonly name: string;
  readonly version: string;
  readonly license?: unknown;
}

const packageFolder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const licenceFile = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

const noticesOf = async (folder: string): Promise<string> => {
  const names = (await readdir(folder)).filter((name) => licenceFile.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) => text.trim()).join('\n\n');
};

const describe = async (folder: string): Promise<string> => {
  const { name, version, license } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  ) as PackageDescription;
  const identifier = typeof license === 'string' ? license : JSON.stringify(license ?? 'unknown');
  return `${name} ${version}\nLicence: ${identifier}\n\n${await noticesOf(folder)}\n`;
};

/** The npm packages that these bundled files belong to, as folders relative to the repository. */
export const packageFolders = (inputs: readonly string[]): readonly string[] =>
  [...new Set(inputs.flatMap((input) => packageFolder.exec(input)?.[1] ?? []))].sort();

/** Licences and notices of all npm packages that went into the bundles. */
export const thirdPartyLicences = async (root: string, inputs: readonly string[]): Promise<string> => {
  const sections = await Promise.all(packageFolders(inputs).map((folder) => describe(join(root, folder))));
  const intro =
    'The files src/charm.cjs and src/k8s.cjs contain code of these packages.\nLICENSE.node is about bin/node.\n';
  return [intro, ...sections].join(`\n${'-'.repeat(80)}\n\n`);
};
