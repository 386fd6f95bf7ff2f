import { setTimeout as wait } from 'node:timers/promises';
import type { ModelClock } from './model-clock.js';

const period = 250;

/** The machine's time; ticks come four times a second while somebody listens, one at a time. */
export class RealClock implements ModelClock {
  readonly #listeners = new Set<() => void | Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #ticking = false;

  now(): Date {
    return new Date();
  }

  async sleep(milliseconds: number): Promise<void> {
    await wait(milliseconds);
  }

  onTick(listener: () => void | Promise<void>): () => void {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => void this.#tick(), period).unref();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  close(): void {
    this.#listeners.clear();
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #tick(): Promise<void> {
    if (this.#ticking) return;
    this.#ticking = true;
    try {
      for (const listener of this.#listeners) await listener();
    } finally {
      this.#ticking = false;
    }
  }
}
