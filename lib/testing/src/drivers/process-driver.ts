import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, cpSync, lstatSync, readdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { HookOutcome } from '../hook-tools/hook-context.js';
import { AgentSocket } from '../hook-tools/process/agent-socket.js';
import type { Pod } from '../pod/pod.js';
import type { HookDriver, HookRun } from './hook-driver.js';

/** Runs hooks as Juju does: the packed charm's `dispatch` as a process group of its own, with Juju's environment and nothing else. */
export class ProcessDriver implements HookDriver {
  readonly #charm: string;
  readonly #running = new Map<string, ChildProcess>();

  constructor(charmFolder: string) {
    this.#charm = resolve(charmFolder);
  }

  /**
   * The folder of a new pod's charm. Folders are linked, because a charm carries a Node of 126 MB; files are copied, so that
   * what a charm writes beside them is gone with the pod.
   */
  install(pod: Pod): void {
    for (const name of readdirSync(this.#charm)) {
      const from = join(this.#charm, name);
      if (lstatSync(from).isDirectory()) symlinkSync(from, join(pod.charmDir, name));
      else cpSync(from, join(pod.charmDir, name));
    }
  }

  async run({ context, pod, environment }: HookRun): Promise<HookOutcome> {
    const executable = this.#executable(pod, environment);
    if (executable === undefined) return { kind: 'exited', exitCode: 0 };
    const socket = await AgentSocket.listen(environment['JUJU_AGENT_SOCKET_ADDRESS'] ?? '', context);
    try {
      return await this.#spawn(executable, context, pod, environment);
    } finally {
      await socket.close();
    }
  }

  /** Sends a signal to the process group of a unit's running hook, as the kubelet's end of a pod does. */
  kill(unit: string, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): boolean {
    const pid = this.#running.get(unit)?.pid;
    if (pid === undefined) return false;
    process.kill(-pid, signal);
    return true;
  }

  /** `dispatch`, else the hook's own file; Juju skips a hook that has neither. */
  #executable(pod: Pod, environment: Readonly<Record<string, string>>): string | undefined {
    const candidates = ['dispatch', environment['JUJU_DISPATCH_PATH'] ?? ''];
    return candidates.map((name) => join(pod.charmDir, name)).find((path) => isExecutable(path));
  }

  #spawn(
    executable: string,
    context: HookRun['context'],
    pod: Pod,
    environment: Readonly<Record<string, string>>,
  ): Promise<HookOutcome> {
    return new Promise((resolve, reject) => {
      const child = spawn(executable, [], {
        cwd: pod.charmDir,
        env: environment,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      this.#running.set(context.unit.name, child);
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        context.output('stdout', text);
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        context.output('stderr', text);
      });
      child.on('error', reject);
      child.on('close', (exitCode, signal) => {
        this.#running.delete(context.unit.name);
        resolve(signal === null ? { kind: 'exited', exitCode: exitCode ?? 1 } : { kind: 'killed', signal });
      });
    });
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return lstatSync(path).isFile();
  } catch {
    return false;
  }
}
