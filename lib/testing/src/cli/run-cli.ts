import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type CommandLine, readCommandLine } from './command-line.js';
import { commands } from './commands.js';
import { type ControlAnswer, send } from './control.js';
import { helpFor, overview } from './help.js';
import { runFuzz } from './run-fuzz.js';
import { serve } from './serve.js';
import { type StateFolder, stateFolder } from './state-folder.js';
import { UsageError } from './usage-error.js';

export interface CliHost {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** The file that starts this program. */
  readonly program: string;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

/** `charm-sandbox`: sends a command to the model's background process. Returns the exit code. */
export async function runCli(host: CliHost): Promise<number> {
  const [command = 'help', ...argv] = host.argv;
  try {
    if (['help', '--help', '-h'].includes(command)) {
      const [about] = readCommandLine(argv, {}).words;
      host.stdout(about === undefined ? overview() : helpFor(about));
      return 0;
    }
    if (command === 'serve') {
      await serve(argv[0] ?? 'media', stateFolder(argv[0] ?? 'media'));
      return 0;
    }
    return await runCommand(host, command, argv);
  } catch (error) {
    host.stderr(`ERROR ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function runCommand(host: CliHost, command: string, argv: readonly string[]): Promise<number> {
  const found = commands[command];
  if (found === undefined && command !== 'destroy') {
    throw new UsageError(`unknown command "${command}"; charm-sandbox help lists them`);
  }
  const line = readCommandLine(argv, found?.flags ?? {});
  if (line.on.has('help')) {
    host.stdout(helpFor(command));
    return 0;
  }
  if (line.words.length < (found?.words ?? 0)) throw new UsageError(`use: charm-sandbox ${found?.usage ?? command}`);
  return deliver(host, command, argv, line);
}

async function deliver(host: CliHost, command: string, argv: readonly string[], line: CommandLine): Promise<number> {
  const model = line.values.get('model')?.[0] ?? 'media';
  const state = stateFolder(model);
  const request = { command, argv, cwd: host.cwd };
  if (command === 'deploy') await ensureServer(host, model, state);
  if (command === 'status' && line.on.has('watch')) return watch(host, state, request);
  const answer = await send(state.socket, request);
  if (command === 'fuzz' && answer?.exitCode === 0) return runFuzz(host, answer.text, line);
  return print(host, model, answer, line);
}

function print(host: CliHost, model: string, answer: ControlAnswer | undefined, line: CommandLine): number {
  if (answer === undefined) {
    const option = line.values.has('model') ? ` --model ${model}` : '';
    throw new Error(`no model "${model}" is running; start one with: charm-sandbox deploy <charm folder>${option}`);
  }
  (answer.exitCode === 0 ? host.stdout : host.stderr)(answer.text);
  return answer.exitCode;
}

/** Draws the status again every second, until the model or the user ends it. */
async function watch(
  host: CliHost,
  state: StateFolder,
  request: { readonly command: string; readonly argv: readonly string[]; readonly cwd: string },
): Promise<number> {
  for (;;) {
    const answer = await send(state.socket, request);
    if (answer === undefined) return 0;
    host.stdout(`\u001b[2J\u001b[H${answer.text}`);
    await wait(1000);
  }
}

async function ensureServer(host: CliHost, model: string, state: StateFolder): Promise<void> {
  const probe = { command: 'status', argv: [], cwd: host.cwd };
  if ((await send(state.socket, probe)) !== undefined) return;
  mkdirSync(state.folder, { recursive: true, mode: 0o700 });
  const log = openSync(state.log, 'a', 0o600);
  const child = spawn(process.execPath, [host.program, 'serve', model], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await send(state.socket, probe)) !== undefined) return;
    if (child.exitCode !== null) break;
    await wait(100);
  }
  throw new Error(`the model did not start; see ${state.log}`);
}
