#!/usr/bin/env node
// A published package has dist/. In the repository, which has none, the sources are bundled by its own runner.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const built = here('../dist/cli.js');
const runner = here('../../../scripts/run.mjs');

process.env.CHARM_TS_TEMPLATE = here('../template');
if (existsSync(built)) {
  await import(built);
} else if (existsSync(runner)) {
  const child = spawn(process.execPath, [runner, here('../src/cli.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  child.on('exit', (code) => (process.exitCode = code ?? 1));
} else {
  process.stderr.write('ERROR @charm-ts/ops is not built: dist/cli.js is missing\n');
  process.exitCode = 1;
}
