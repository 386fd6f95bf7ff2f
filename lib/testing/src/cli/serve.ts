import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { RealClock } from '../clock/real-clock.js';
import { Sandbox } from '../sandbox/sandbox.js';
import { readCommandLine } from './command-line.js';
import { commands } from './commands.js';
import { type ControlAnswer, type ControlRequest, listen } from './control.js';
import { type StateFolder, stateFolder } from './state-folder.js';
import { UsageError } from './usage-error.js';

const pause = 100;
/** A model that nobody has asked for anything is forgotten; half a day outlasts a lunch, and a crashed test run does not leave processes for ever. */
const idleLimit = 12 * 60 * 60 * 1000;

/** The background process of a model: runs hooks as they fall due, and commands as they come, until `destroy` or a signal. */
export async function serve(model: string, state: StateFolder): Promise<void> {
  const sandbox = await Sandbox.create({ model, clock: new RealClock() });
  sandbox.journal.subscribe(({ actor, hook, kind, detail }) => {
    process.stdout.write(`${[actor, hook, kind].filter((word) => word !== undefined).join(' ')}: ${detail}\n`);
  });
  await keepRunning(sandbox, state);
}

/**
 * Lets `charm-sandbox` reach a model that somebody else has set up, and runs its hooks, until `charm-sandbox destroy` or a signal.
 * The model is closed then.
 */
export async function keepRunning(
  sandbox: Sandbox,
  state: StateFolder = stateFolder(sandbox.model.name),
  onListening: () => void = () => undefined,
): Promise<void> {
  mkdirSync(state.folder, { recursive: true, mode: 0o700 });
  rmSync(state.socket, { force: true });
  let ended = false;
  let lastRequest = Date.now();
  const end = (): void => {
    ended = true;
  };
  process.once('SIGTERM', end).once('SIGINT', end);
  const server = await listen(state.socket, async (request) => {
    lastRequest = Date.now();
    if (request.command === 'destroy') {
      end();
      return { exitCode: 0, text: `Destroyed model "${sandbox.model.name}"\n` };
    }
    return answer(sandbox, request);
  });
  chmodSync(state.socket, 0o600);
  onListening();
  try {
    while (!isTrue(() => ended) && Date.now() - lastRequest < idleLimit) {
      if ((await sandbox.step()) === undefined) await sandbox.clock.sleep(pause);
    }
  } finally {
    // After a failure the log stays for whoever looks for the reason.
    server.close();
    await sandbox.close();
  }
  rmSync(state.folder, { recursive: true, force: true });
}

/** Signals change the flag where the compiler cannot see it. */
const isTrue = (read: () => boolean): boolean => read();

async function answer(sandbox: Sandbox, { command, argv, cwd }: ControlRequest): Promise<ControlAnswer> {
  const found = commands[command];
  if (found === undefined) return { exitCode: 2, text: `ERROR unknown command "${command}"\n` };
  try {
    return { exitCode: 0, text: await found.run(sandbox, readCommandLine(argv, found.flags ?? {}), cwd) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { exitCode: error instanceof UsageError ? 2 : 1, text: `ERROR ${text}\n` };
  }
}
