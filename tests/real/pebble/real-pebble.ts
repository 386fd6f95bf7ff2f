import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PebbleUnderTest } from '../../contract/pebble/pebble-under-test.js';

/** Runs the Pebble that `PEBBLE_BIN` names as Juju does, in a folder of its own. */
export async function startRealPebble(): Promise<PebbleUnderTest> {
  const binary = process.env['PEBBLE_BIN'];
  if (binary === undefined) throw new Error('PEBBLE_BIN is not set');
  const folder = await mkdtemp(join(tmpdir(), 'pebble-'));
  const scratch = join(folder, 'scratch');
  await mkdir(scratch);
  const socketPath = join(folder, 'pebble.socket');
  const child = spawn(binary, ['run', '--create-dirs', '--hold'], {
    env: { PATH: process.env['PATH'], HOME: folder, PEBBLE: join(folder, 'pebble'), PEBBLE_SOCKET: socketPath },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  while (!existsSync(socketPath)) {
    if (child.exitCode !== null) throw new Error(`${binary} ended with ${child.exitCode}`);
    await sleep(20);
  }
  return {
    socketPath,
    scratch,
    pass: (milliseconds) => sleep(milliseconds),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
