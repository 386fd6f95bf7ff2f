// `npm run gen` writes the generated files; with --check it writes nothing and fails when one differs.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { clientConfigurationPage } from './client-configuration-page.js';
import { configurationPage } from './configuration-page.js';
import { firstDifference } from './first-difference.js';
import type { Generator } from './generated-file.js';
import { metadata } from './metadata.js';
import { podScripts } from './pod-scripts.js';
import { validators } from './validators.js';

const generators: readonly Generator[] = [
  () => metadata(),
  validators,
  podScripts,
  configurationPage,
  clientConfigurationPage,
];
const checking = process.argv.includes('--check');

for (const { path, content } of (await Promise.all(generators.map((generate) => generate()))).flat()) {
  const current = await readFile(path, 'utf8').catch(() => undefined);
  if (current === content) continue;
  if (checking) {
    process.stderr.write(`${path} is out of date: npm run gen\n${firstDifference(current ?? '', content)}\n`);
    process.exitCode = 1;
  } else {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    process.stdout.write(`${path}\n`);
  }
}
