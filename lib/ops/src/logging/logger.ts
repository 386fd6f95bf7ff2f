import { maximumArgumentBytes } from '../hook-tools/argument-text.js';
import type { HookTools } from '../hook-tools/hook-tools.js';
import { splitByBytes } from '../hook-tools/split-by-bytes.js';

/** Juju's levels, quiet to loud. */
export const logLevels = ['DEBUG', 'INFO', 'WARNING', 'ERROR'] as const;
/** A level of `juju-log`. */
export type LogLevel = (typeof logLevels)[number];

interface Batch {
  readonly level: LogLevel;
  readonly lines: string[];
  bytes: number;
}

/**
 * The unit's log. Lines are kept and written with few `juju-log` processes: neighbours of one level go together.
 * No method throws: a line that Juju does not take goes to standard error.
 *
 * @example
 * ```ts
 * framework.log.info(`${clients} clients use the gateway`);
 * ```
 */
export class Logger {
  readonly #hookTools: HookTools;
  readonly #stderr: (text: string) => void;
  readonly #minimum: LogLevel;
  #batches: Batch[] = [];
  #writing: Promise<void> = Promise.resolve();

  constructor(hookTools: HookTools, options: { stderr: (text: string) => void; minimum?: LogLevel }) {
    this.#hookTools = hookTools;
    this.#stderr = options.stderr;
    this.#minimum = options.minimum ?? 'DEBUG';
  }

  debug(text: string): void {
    this.#add('DEBUG', text);
  }

  info(text: string): void {
    this.#add('INFO', text);
  }

  warning(text: string): void {
    this.#add('WARNING', text);
  }

  error(text: string): void {
    this.#add('ERROR', text);
  }

  /** Writes what has been kept so far; resolves when Juju has it. */
  flush(): Promise<void> {
    const batches = this.#batches;
    this.#batches = [];
    this.#writing = this.#writing.then(async () => {
      for (const batch of batches) await this.#write(batch);
    });
    return this.#writing;
  }

  #add(level: LogLevel, text: string): void {
    if (text === '' || logLevels.indexOf(level) < logLevels.indexOf(this.#minimum)) return;
    // A NUL cannot be part of an argument.
    for (const line of splitByBytes(text.replaceAll('\0', '␀'), maximumArgumentBytes)) this.#keep(level, line);
  }

  #keep(level: LogLevel, line: string): void {
    const bytes = Buffer.byteLength(line) + 1;
    const last = this.#batches.at(-1);
    if (last?.level === level && last.bytes + bytes <= maximumArgumentBytes) {
      last.lines.push(line);
      last.bytes += bytes;
    } else {
      this.#batches.push({ level, lines: [line], bytes });
    }
  }

  async #write({ level, lines }: Batch): Promise<void> {
    const text = lines.join('\n');
    try {
      const { exitCode } = await this.#hookTools.run({ tool: 'juju-log', args: ['--log-level', level, '--', text] });
      if (exitCode !== 0) this.#stderr(`${level} ${text}\n`);
    } catch {
      this.#stderr(`${level} ${text}\n`);
    }
  }
}
