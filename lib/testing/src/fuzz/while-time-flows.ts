import { setTimeout as wait } from 'node:timers/promises';
import type { VirtualClock } from '../clock/virtual-clock.js';

/** Half a second of the model passes in so many milliseconds. */
const pace = 50;

/**
 * A charm that runs as a process waits in the machine's time. While it does, the model's time passes ten times as fast, so that what
 * it waits for comes about soon.
 */
export async function whileTimeFlows<T>(clock: VirtualClock, work: () => Promise<T>): Promise<T> {
  const end = new AbortController();
  const flow = async (): Promise<void> => {
    for (;;) {
      await wait(pace, undefined, { signal: end.signal }).catch(() => undefined);
      if (end.signal.aborted) return;
      await clock.advance(500);
    }
  };
  const flowing = flow();
  try {
    return await work();
  } finally {
    end.abort();
    await flowing;
  }
}
