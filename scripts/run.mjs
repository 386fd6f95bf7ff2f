// Runs a TypeScript file of this repository: `node scripts/run.mjs FILE [argument…]`.
// The floor is Node 20, which does not strip types, so esbuild bundles the file first; npm packages stay outside.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) {
  process.stderr.write('usage: node scripts/run.mjs FILE [argument…]\n');
  process.exit(2);
}

const folder = join(root, '.cache', 'run');
mkdirSync(folder, { recursive: true });
const outfile = join(folder, `${entry.replaceAll(/[^a-z0-9]+/gi, '-')}-${basename(entry, '.ts')}.mjs`);
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: 'inline',
  conditions: ['@charm-ts/source'],
  logLevel: 'warning',
  plugins: [
    {
      name: 'npm packages stay outside',
      setup: ({ onResolve }) => {
        onResolve({ filter: /^[^./]/ }, ({ path }) => (path.startsWith('@charm-ts/') ? undefined : { external: true }));
      },
    },
  ],
});

const child = spawn(process.execPath, ['--enable-source-maps', outfile, ...args], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
