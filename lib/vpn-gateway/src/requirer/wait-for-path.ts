import type { ObservedPath } from '../gate/observed.js';

/** What the wait works with. */
export interface PathWait {
  readonly clock: { sleep(milliseconds: number): Promise<void> };
  readonly verify: () => Promise<ObservedPath>;
  /** True when the next good verdict is certain to raise an event. */
  readonly eventIsCertain: () => Promise<boolean>;
}

const step = 500;
const tries = 24;

/**
 * Waits, 12 seconds at most, until the path is verified or an event is certain to come. Without it a verdict that turns good between the reading and
 * Pebble's first run of the check would never be noticed: nothing changes, so no event comes.
 */
export async function waitForPath(
  first: ObservedPath,
  { clock, verify, eventIsCertain }: PathWait,
): Promise<ObservedPath> {
  let path = first;
  for (let round = 0; path.kind === 'refused' && round < tries; round += 1) {
    if (await eventIsCertain()) {
      // It may have turned good between our reading and Pebble's.
      return verify();
    }
    await clock.sleep(step);
    path = await verify();
  }
  return path;
}
