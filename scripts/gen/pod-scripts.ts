import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { GeneratedFile } from './generated-file.js';

const folder = 'lib/vpn-gateway/scripts';

/** The pods' shell scripts as a module, so that a bundled charm carries them. */
export async function podScripts(): Promise<GeneratedFile[]> {
  const names = existsSync(folder)
    ? (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile())
    : [];
  const scripts: Record<string, string> = {};
  for (const { name } of names.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    if (/^[a-z][a-z-]*$/.test(name)) scripts[name] = await readFile(join(folder, name), 'utf8');
  }
  const lines = Object.entries(scripts).map(([name, text]) => `  ${JSON.stringify(name)}: ${JSON.stringify(text)},`);
  const content = [
    `// Generated from ${folder} by \`npm run gen\`; do not edit.`,
    '/** The scripts that run in the pods, by file name. */',
    'export const podScripts: Readonly<Record<string, string>> = {',
    ...lines,
    '};',
    '',
  ].join('\n');
  return [{ path: 'lib/vpn-gateway/src/scripts/generated/pod-scripts.ts', content }];
}
