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
  /** Calls that have been under way since the handler returned; `undefined` while a handler runs. */
  #leftOver: Set<PendingCall> | undefined;

  /** Follows a call to its end, whatever that is. */
  track(description: string, writes: boolean, call: Promise<unknown>): void {
    const forget = (): void => {
      this.#calls.delete(pending);
    };
    const pending: PendingCall = { description, writes, ended: call.then(forget, forget) };
    this.#calls.add(pending);
    this.#leftOver?.add(pending);
  }

  /** Waits until nothing is under way. */
  async ended(): Promise<void> {
    while (this.#calls.size > 0) await this.#endOfPresent();
  }

  /**
   * Waits until nothing is under way. A write that a finished handler has left behind throws {@link FloatingPromiseError};
   * a read is only logged, as `Promise.all` leaves reads behind when one of them fails and the handler copes with that.
   */
  async settle(handler: string, log: Logger): Promise<void> {
    const leftOver = new Set(this.#calls);
    this.#leftOver = leftOver;
    // One turn of the event loop, so that a forgotten chain of calls shows its next one.
    await nextTurn();
    await this.ended();
    this.#leftOver = undefined;
    const names = (writes: boolean): string[] => [
      ...new Set([...leftOver].filter((call) => call.writes === writes).map(({ description }) => description)),
    ];
    const [reads, writes] = [names(false), names(true)];
    if (writes.length > 0) throw new FloatingPromiseError(handler, writes);
    if (reads.length > 0) {
      log.warning(
        `the handler of ${handler} did not wait for ${reads.join(', ')}: an await is missing, or one of several reads failed`,
      );
    }
  }

  async #endOfPresent(): Promise<void> {
    await Promise.all([...this.#calls].map(({ ended }) => ended));
    await nextTurn();
  }
}

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
