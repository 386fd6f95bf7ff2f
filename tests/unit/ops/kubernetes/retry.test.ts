import { describe, expect, test } from '@jest/globals';
import { parseRetryAfter, withRetries } from '../../../../lib/ops/src/kubernetes/retry.js';
import type { TryOutcome } from '../../../../lib/ops/src/kubernetes/retry.js';

class FakeClock {
  readonly slept: number[] = [];
  #now = 0;

  now(): Date {
    return new Date(this.#now);
  }
  pass(milliseconds: number): void {
    this.#now += milliseconds;
  }
  sleep(milliseconds: number): Promise<void> {
    this.slept.push(milliseconds);
    this.pass(milliseconds);
    return Promise.resolve();
  }
}

const failed = (again = true, pause?: number): TryOutcome<string> => ({
  kind: 'failed',
  error: new Error('no'),
  again,
  ...(pause === undefined ? {} : { pause }),
});

/** Plays outcomes one after the other; each takes some time. */
const play = async (clock: FakeClock, outcomes: readonly TryOutcome<string>[], takes = 0) => {
  const left = [...outcomes];
  const attempt = (): Promise<TryOutcome<string>> => {
    clock.pass(takes);
    return Promise.resolve(left.shift() ?? failed());
  };
  const result = await withRetries(attempt, clock).catch((error: unknown) => (error as Error).message);
  return { result, tries: outcomes.length - left.length };
};

describe('retries of a hook', () => {
  test('a success needs no pause', async () => {
    const clock = new FakeClock();
    await expect(play(clock, [{ kind: 'done', value: 'yes' }])).resolves.toEqual({ result: 'yes', tries: 1 });
    expect(clock.slept).toEqual([]);
  });

  test('tries three times at most', async () => {
    const clock = new FakeClock();
    await expect(play(clock, [failed(), failed(), failed(), failed()])).resolves.toEqual({ result: 'no', tries: 3 });
    expect(clock.slept).toEqual([200, 800]);
  });

  test('does not repeat what would fail again', async () => {
    await expect(play(new FakeClock(), [failed(false), failed()])).resolves.toEqual({ result: 'no', tries: 1 });
  });

  test('begins no try when a slow one has used the time up', async () => {
    const clock = new FakeClock();
    await expect(play(clock, [failed(), failed()], 5_000)).resolves.toEqual({ result: 'no', tries: 1 });
  });

  test('keeps the pause that the server asks for within the time that is left', async () => {
    const clock = new FakeClock();
    await play(clock, [failed(true, 1_500), failed(true, 60_000), { kind: 'done', value: 'yes' }]);
    expect(clock.slept).toEqual([1_500, 1_500]);
  });

  test.each([
    [undefined, undefined],
    ['', undefined],
    ['soon', undefined],
    ['2', 2_000],
    ['-1', 0],
    ['Thu, 01 Jan 1970 00:00:03 GMT', 3_000],
  ])('Retry-After: %s', (header, expected) => {
    expect(parseRetryAfter(header, new Date(0))).toBe(expected);
  });
});
