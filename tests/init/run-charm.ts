import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { RealClock, Sandbox } from '@charm-ts/testing';
import { packingFaults } from '../../lib/ops/src/cli/pack/packing-faults.js';
import { readZip } from '../unit/build/read-zip.js';

// Unpacks a .charm file as Juju does, looks at its files, and runs its hooks: `node scripts/run.mjs tests/init/run-charm.ts FILE`.
const [file = ''] = process.argv.slice(2);
const entries = readZip(await readFile(file));
const faults = packingFaults(entries);
const folder = await mkdtemp(join(tmpdir(), 'charm-'));
const sandbox = await Sandbox.create({ clock: new RealClock() });
try {
  if (faults.length > 0) throw new Error(faults.join('\n'));
  for (const { name, mode, content } of entries) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
    await chmod(join(folder, name), mode);
  }
  await sandbox.deploy(folder, 'app', { trust: true });
  await sandbox.settle();
  const { name, message } = sandbox.status('app/0');
  process.stdout.write(`${entries.length} files; ${name}: ${message}\n`);
  const expected = 'blocked: integrate with a vpn-gateway (or set unsafe-mode=true)';
  if (`${name}: ${message}` !== expected) throw new Error(`it should be ${expected}`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  for (const { hook, level, message } of sandbox.logs) process.stderr.write(`${hook} ${level} ${message}\n`);
  process.exitCode = 1;
} finally {
  await sandbox.close();
  await rm(folder, { recursive: true });
}
