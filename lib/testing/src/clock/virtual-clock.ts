import type { ModelClock } from './model-clock.js';

/** Listeners are called at least once a simulated half second, so that a check with a period of one second is never late. */
const step = 500;

/** Time that moves only when somebody sleeps, so a bounded wait of twelve seconds costs nothing. */
export class VirtualClock implements ModelClock {
  #milliseconds: number;
  readonly #listeners = new Set<() => void | Promise<void>>();

  constructor(start = new Date('2026-01-01T00:00:00Z')) {
    this.#milliseconds = start.getTime();
  }

  now(): Date {
    return new Date(this.#milliseconds);
  }

  async sleep(milliseconds: number): Promise<void> {
    await this.advance(milliseconds);
  }

  /** Moves time on and lets every listener see each step. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#milliseconds + milliseconds;
    while (this.#milliseconds < end) {
      this.#milliseconds = Math.min(end, this.#milliseconds + step);
      for (const listener of this.#listeners) await listener();
    }
  }

  onTick(listener: () => void | Promise<void>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
  }
}
