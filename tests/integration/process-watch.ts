import { readFileSync } from 'node:fs';

/** Looks at every child process of this one again and again: its arguments and its environment, as anybody on the machine may. */
export class ProcessWatch {
  readonly #seen = new Map<string, string>();
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setInterval(() => {
      this.#look(process.pid);
    }, 15).unref();
  }

  /** Arguments and environments that were seen. */
  get texts(): readonly string[] {
    return [...this.#seen.values()];
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(pid: number): void {
    for (const child of read(`/proc/${pid}/task/${pid}/children`).trim().split(' ')) {
      if (child === '') continue;
      const argv = read(`/proc/${child}/cmdline`);
      const key = `${child} ${argv}`;
      if (!this.#seen.has(key)) this.#seen.set(key, `${argv}\0${read(`/proc/${child}/environ`)}`);
      this.#look(Number(child));
    }
  }
}

/** A process may have ended since it was listed. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
