// `npm run test:fuzz [SEQUENCES]`: random sequences of events through the real requirer, judged by the oracle; then the same with a fault planted, which has to be found.
// After that random steps of operators and of the world in a sandbox with the gateway and a client, whose journal the same oracle reads.
// A fault is planted while the bundle is made, so no source changes. Ends with `N passed, M failed`.
import { spawn } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { faults } from './vpn-gateway/faults.mjs';

const count = Number(process.argv[2] ?? 10_000);
/** A fault that is not found in so many sequences is not found. */
const patience = 3_000;
/** Steps in the sandbox, for each processor. */
const steps = 300;
const folder = join('.cache', 'fuzz');

const plant = (file, changes) => ({
  name: 'plant a fault',
  setup: ({ onLoad }) => {
    onLoad({ filter: /vpn-gateway\/src\/.*\.ts$/ }, async ({ path }) => {
      if (!path.endsWith(`/lib/vpn-gateway/src/${file}`)) return undefined;
      let contents = await readFile(path, 'utf8');
      for (let index = 0; index < changes.length; index += 2) {
        if (!contents.includes(changes[index])) throw new Error(`${file} no longer has: ${changes[index]}`);
        contents = contents.replace(changes[index], () => changes[index + 1]);
      }
      return { contents, loader: 'ts' };
    });
  },
});

const packagesOutside = {
  name: 'npm packages stay outside',
  setup: ({ onResolve }) => {
    onResolve({ filter: /^[^./]/ }, ({ path }) => (path.startsWith('@charm-ts/') ? undefined : { external: true }));
  },
};

const bundle = async (world, name, plugins = []) => {
  const outfile = join(folder, `${world}-${name}.mjs`);
  await build({
    entryPoints: [`tests/fuzz/${world}/hunt.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    conditions: ['@charm-ts/source'],
    logLevel: 'error',
    plugins: [...plugins, packagesOutside],
  });
  return outfile;
};

/** Seeds `first` and up: the first line of what was found, or nothing. */
const hunt = (file, first, sequences) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [file, String(first), String(sequences)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (part) => (output += part));
    child.on('exit', (code) => resolve(code === 0 ? '' : output || `ended with ${code}`));
  });

let passed = 0;
let failed = 0;
const report = (ok, text) => {
  if (ok) passed += 1;
  else failed += 1;
  console.log(`${ok ? 'ok     ' : 'not ok '} ${text}`);
};

await mkdir(folder, { recursive: true });
const workers = availableParallelism();
const share = Math.ceil(count / workers);
const sound = await bundle('vpn-gateway', 'sound');
const found = await Promise.all(Array.from({ length: workers }, (_, index) => hunt(sound, 1 + index * share, share)));
report(
  found.every((text) => text === ''),
  `${share * workers} sequences keep every promise`,
);
for (const text of found) if (text !== '') console.log(text);

const queue = faults.map(([name, file, ...changes], index) => ({ name, file, changes, index }));
const work = async () => {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { name, file, changes, index } = next;
    try {
      const text = await hunt(await bundle('vpn-gateway', `fault-${index}`, [plant(file, changes)]), 1, patience);
      const [line = '', sequence = ''] = text.split('\n');
      report(/^seed/.test(line), `found: ${name} (${line || 'nothing'};${sequence})`);
    } catch (error) {
      report(false, `${name}: ${error.message}`);
    }
  }
};
await Promise.all(Array.from({ length: workers }, work));

const model = await bundle('sandbox', 'sound');
const inModels = await Promise.all(Array.from({ length: workers }, (_, index) => hunt(model, 1 + index, steps)));
report(
  inModels.every((text) => text === ''),
  `${steps * workers} steps in a sandbox keep every promise`,
);
for (const text of inModels) if (text !== '') console.log(text);
const [[name, file, ...changes]] = faults.filter(([each]) => each === 'the tunnel is not waited for');
const text = await hunt(await bundle('sandbox', 'fault', [plant(file, changes)]), 3, steps);
const [line = '', way = ''] = text.split('\n');
report(/^seed/.test(line), `found in a sandbox: ${name} (${line || 'nothing'};${way})`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
