import type { Clock } from '../clock.js';

/** How often, how long and how soon. Milliseconds. */
export interface RetryPolicy {
  readonly tries: number;
  /** No try begins later than this after the first one. */
  readonly within: number;
  readonly pauses: readonly number[];
}

/** A hook must not hang: three tries, the last one at most three seconds after the first. */
export const hookRetryPolicy: RetryPolicy = { tries: 3, within: 3_000, pauses: [200, 800] };

/** The outcome of one try: a result, or an error that may be worth another try after a pause that the server asked for. */
export type TryOutcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: Error; readonly again: boolean; readonly pause?: number };

/**
 * Repeats a try while it is worth it.
 *
 * @throws the error of the last try.
 */
export const withRetries = async <T>(
  attempt: () => Promise<TryOutcome<T>>,
  clock: Clock,
  policy: RetryPolicy = hookRetryPolicy,
): Promise<T> => {
  const start = clock.now().getTime();
  for (let tried = 1; ; tried += 1) {
    const outcome = await attempt();
    if (outcome.kind === 'done') return outcome.value;
    const elapsed = clock.now().getTime() - start;
    const left = policy.within - elapsed;
    if (!outcome.again || tried >= policy.tries || left <= 0) throw outcome.error;
    const pause = outcome.pause ?? policy.pauses[tried - 1] ?? policy.pauses.at(-1) ?? 0;
    await clock.sleep(Math.min(pause, left));
  }
};

/** Reads `Retry-After`, in seconds or as a date; milliseconds, or `undefined` where it makes no sense. */
export const parseRetryAfter = (header: string | undefined, now: Date): number | undefined => {
  if (header === undefined || header.trim() === '') return undefined;
  const seconds = Number(header);
  const milliseconds = Number.isNaN(seconds) ? Date.parse(header) - now.getTime() : seconds * 1_000;
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
};
