import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PebbleDaemon } from '../../../lib/testing/src/pebble/index.js';
import type { ExecContext, ExecOutcome, WorkloadSimulation } from '../../../lib/testing/src/pebble/index.js';
import { VirtualClock } from '../../../lib/testing/src/clock/virtual-clock.js';
import type { PebbleUnderTest } from './pebble-under-test.js';

/** The few Unix programs that the suites run, as far as they use them. */
const programs: Readonly<Record<string, (args: readonly string[], context: ExecContext) => ExecOutcome>> = {
  cat: (_args, { stdin }) => ({ exitCode: 0, stdout: stdin }),
  pwd: (_args, { workingDir }) => ({ exitCode: 0, stdout: `${workingDir}\n` }),
  printenv: ([name = ''], { environment }) => ({ exitCode: 0, stdout: `${environment[name] ?? ''}\n` }),
  sleep: ([seconds]) => ({ exitCode: 0, takes: Number(seconds) * 1_000 }),
  sh: () => ({ exitCode: 3, stdout: 'out\n', stderr: 'err\n' }),
};

export const unixWorkload: WorkloadSimulation = {
  onServiceStart: (name, { plan }) => (plan.services[name]?.command === 'false' ? { exitCode: 1 } : undefined),
  hasExecutable: (name) => Object.hasOwn(programs, name),
  exec: ([name = '', ...args], context) => programs[name]?.(args, context) ?? { exitCode: 127 },
  check: (_name, { exec, http, tcp }, { files }) => {
    if (exec === undefined) return { ok: false, detail: `nothing listens at ${http?.url ?? String(tcp?.port)}` };
    const path = exec.command?.replace(/^cat /, '') ?? '';
    if (files.read(path) !== undefined) return { ok: true };
    return { ok: false, detail: `exit status 1; cat: ${path}: No such file or directory` };
  },
};

export interface SimulatedPebble extends PebbleUnderTest {
  readonly daemon: PebbleDaemon;
  readonly clock: VirtualClock;
}

export async function startSimulatedPebble(): Promise<SimulatedPebble> {
  const folder = await mkdtemp(join(tmpdir(), 'pebble-'));
  const clock = new VirtualClock();
  const scratch = '/scratch';
  const daemon = new PebbleDaemon({
    socketPath: join(folder, 'pebble.socket'),
    workload: unixWorkload,
    clock,
    volumes: new Map([[scratch, new Map()]]),
  });
  await daemon.start();
  return {
    socketPath: daemon.socketPath,
    scratch,
    daemon,
    clock,
    pass: (milliseconds) => clock.advance(milliseconds),
    stop: async () => {
      await daemon.stop();
      await rm(folder, { recursive: true });
    },
  };
}
