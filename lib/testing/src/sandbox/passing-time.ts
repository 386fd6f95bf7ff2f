import type { ModelClock } from '../clock/model-clock.js';
import { VirtualClock } from '../clock/virtual-clock.js';
import { TestingError } from '../errors/testing-error.js';
import type { Candidate } from './hook-loop.js';

/** What hooks are run with while time passes. */
export interface Steps {
  readonly clock: ModelClock;
  /** Runs one hook; undefined when none is due. */
  step(): Promise<Candidate | undefined>;
  readonly due: readonly Candidate[];
}

/** Runs hooks until nothing is due and `quiet` simulated milliseconds bring nothing new. */
export async function settle(steps: Steps, quiet: number, limit: number): Promise<void> {
  const ran: Candidate[] = [];
  do {
    for (let hook = await steps.step(); hook !== undefined; hook = await steps.step()) {
      ran.push(hook);
      if (ran.length > limit) throw neverIdle(ran);
    }
  } while (await somethingHappens(steps, quiet));
}

/** Runs hooks, and lets time pass where none is due, until the condition gives something. */
export async function waitFor<T>(
  steps: Steps,
  condition: () => T | undefined | false,
  what: string,
  within: number,
): Promise<T> {
  const { clock } = steps;
  const end = clock.now().getTime() + within;
  for (;;) {
    const value = condition();
    if (value !== undefined && value !== false) return value;
    if (clock.now().getTime() > end) throw new TestingError('timed-out', `${what}: not within ${within} ms`);
    if ((await steps.step()) === undefined) await clock.sleep(clock instanceof VirtualClock ? 500 : 50);
  }
}

async function somethingHappens(steps: Steps, quiet: number): Promise<boolean> {
  const { clock } = steps;
  if (!(clock instanceof VirtualClock)) return false;
  const end = clock.now().getTime() + quiet;
  while (clock.now().getTime() < end) {
    await clock.advance(500);
    if (steps.due.length > 0) return true;
  }
  return false;
}

function neverIdle(ran: readonly Candidate[]): TestingError {
  const last = ran.slice(-12).map(({ unit, hook }) => `${unit} ${hook}`);
  return new TestingError('never-idle', `still busy after ${ran.length} hooks; the last were: ${last.join(' → ')}`);
}
