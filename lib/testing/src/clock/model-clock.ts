/** A clock that others can hang work on: Pebble checks run on its ticks. */
export interface ModelClock {
  now(): Date;
  sleep(milliseconds: number): Promise<void>;
  /** Calls back at every step of the clock; the result ends it. */
  onTick(listener: () => void | Promise<void>): () => void;
  /** Stops timers. */
  close(): void;
}
