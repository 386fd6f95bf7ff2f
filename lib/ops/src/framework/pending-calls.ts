import { FloatingPromiseError } from '../errors/programming-errors.js';
import type { Logger } from '../logging/logger.js';

interface PendingCall {
  readonly description: string;
  readonly writes: boolean;
  readonly ended: Promise<unknown>;
}

/** The calls to the outside that have begun and not ended, so that a forgotten `await` is noticed. */
export class PendingCalls {
  readonly #calls = new Set<PendingCall>();

  /** Follows a call to its end, whatever that is. */
  track(description: string, writes: boolean, call: Promise<unknown>): void {
    const forget = (): void => {
      this.#calls.delete(pending);
    };
    const pending: PendingCall = { description, writes, ended: call.then(forget, forget) };
    this.#calls.add(pending);
  }

  /**
   * Waits until nothing is under way. A write that a finished handler has left behind throws {@link FloatingPromiseError};
   * a read is only logged, as `Promise.all` leaves reads behind when one of them fails and the handler copes with that.
   */
  async settle(handler: string, log: Logger): Promise<void> {
    const reads = new Set<string>();
    const writes = new Set<string>();
    // One turn of the event loop, so that a forgotten chain of calls shows its next one.
    await nextTurn();
    while (this.#calls.size > 0) {
      const calls = [...this.#calls];
      for (const call of calls) (call.writes ? writes : reads).add(call.description);
      await Promise.all(calls.map(({ ended }) => ended));
      await nextTurn();
    }
    if (writes.size > 0) throw new FloatingPromiseError(handler, [...writes]);
    if (reads.size > 0) {
      log.warning(
        `the handler of ${handler} did not wait for ${[...reads].join(', ')}: an await is missing, or one of several reads failed`,
      );
    }
  }
}

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
