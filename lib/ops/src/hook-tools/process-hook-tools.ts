import { execFile } from 'node:child_process';
import { constants } from 'node:os';
import { isNativeError } from 'node:util/types';
import { HookToolStartError } from '../errors/hook-tool-start-error.js';
import type { HookToolInvocation, HookToolResult, HookTools } from './hook-tools.js';

/** More than any databag; Juju's own limit for one is far below. */
const maximumOutputBytes = 64 * 1024 * 1024;

/**
 * Hook tools as processes: Juju's documented interface. The tools need the whole environment that Juju gave to the charm, and are
 * found on its PATH.
 */
export class ProcessHookTools implements HookTools {
  readonly #environment: NodeJS.ProcessEnv;

  constructor(environment: Readonly<Record<string, string | undefined>>) {
    this.#environment = environment;
  }

  /** Throws {@link HookToolStartError} when there is no such tool on the PATH. */
  run({ tool, args, stdin }: HookToolInvocation): Promise<HookToolResult> {
    return new Promise((resolve, reject) => {
      const options = { env: this.#environment, maxBuffer: maximumOutputBytes, encoding: 'utf8' as const };
      try {
        const child = execFile(tool, args, options, (error, stdout, stderr) => {
          if (error === null) resolve({ exitCode: 0, stdout, stderr });
          else if (typeof error.code === 'number') resolve({ exitCode: error.code, stdout, stderr });
          else if (error.signal)
            resolve({ exitCode: signalExitCode(error.signal), stdout, stderr: `${stderr}killed by ${error.signal}` });
          else reject(new HookToolStartError(tool, error));
        });
        // A tool that does not read its input closes the pipe; its exit code tells what matters.
        child.stdin?.on('error', () => undefined);
        child.stdin?.end(stdin);
      } catch (error) {
        reject(new HookToolStartError(tool, isNativeError(error) ? error : new Error(String(error))));
      }
    });
  }
}

const signalExitCode = (signal: NodeJS.Signals): number => 128 + constants.signals[signal];
