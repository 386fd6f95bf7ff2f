import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The newest release of the Python library, and the newest one that knows no `vxlan_port`. */
export const releases = ['0.6.4', '0.5.0'] as const;
export type Release = (typeof releases)[number];

/** A databag as Juju keeps it. */
export type Databag = Readonly<Record<string, string>>;

/** One event of a charm that is a provider by the Python library. */
export interface ProviderRequest {
  readonly fields: Readonly<Record<string, unknown>>;
  /** Databags of the related clients; one empty one by default. */
  readonly remotes?: readonly Databag[];
  readonly event?: string;
  readonly leader?: boolean;
}

/** What it wrote to each relation, or the fields that its own model refused. */
export type ProviderAnswer =
  | { readonly databags: readonly Databag[]; readonly clients: readonly string[] }
  | { readonly refused: readonly string[] };

/** One event of a charm that is a requirer by the Python library. */
export interface RequirerRequest {
  readonly remote: Databag;
  readonly event?: string;
  readonly leader?: boolean;
}

/** What it read, called ready and wrote. */
export interface RequirerAnswer {
  readonly gateway: Readonly<Record<string, unknown>> | null;
  readonly ready: boolean;
  readonly changes: number;
  readonly status: string;
  readonly databag: Databag;
}

/** A Python process with one release of the library, which answers one call after the other. */
export class PythonPeer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  #turn: Promise<unknown> = Promise.resolve();
  #errors = '';

  private constructor(process: ChildProcessWithoutNullStreams) {
    this.#process = process;
    this.#answers = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
    process.stderr.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()));
  }

  static start(release: Release): PythonPeer {
    return new PythonPeer(spawn(pythonOf(release), [join(here, 'peer', 'main.py')]));
  }

  provider(request: ProviderRequest): Promise<ProviderAnswer> {
    return this.call('provider', request) as Promise<ProviderAnswer>;
  }

  requirer(request: RequirerRequest): Promise<RequirerAnswer> {
    return this.call('requirer', request) as Promise<RequirerAnswer>;
  }

  /** What the function of this name in `peer/main.py` returns; an error carries Python's traceback. */
  call(name: string, request: object = {}): Promise<unknown> {
    const answer = this.#turn.then(() => this.#ask(`${JSON.stringify({ ...request, call: name })}\n`));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  async close(): Promise<void> {
    await this.#turn;
    const ended = new Promise((resolve) => this.#process.once('close', resolve));
    this.#process.stdin.end();
    await ended;
  }

  async #ask(line: string): Promise<unknown> {
    this.#process.stdin.write(line);
    const next = await this.#answers.next();
    if (next.done === true) throw new Error(`the Python process has ended: ${this.#errors}`);
    const answer = JSON.parse(next.value) as { readonly value?: unknown; readonly error?: string };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value;
  }
}

/** The interpreter of the virtual environment with this release, made at the first call. */
export function pythonOf(release: Release): string {
  return execFileSync(join(here, 'environment'), [release], { encoding: 'utf8' }).trim();
}
