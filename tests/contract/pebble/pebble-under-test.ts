/** A Pebble in which the suites may do as they like: the simulated one, or a real one in a folder of its own. */
export interface PebbleUnderTest {
  readonly socketPath: string;
  /** An empty directory of the container. */
  readonly scratch: string;
  /** Lets milliseconds pass. */
  pass(milliseconds: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a fresh one. */
export type StartPebble = () => Promise<PebbleUnderTest>;

/** Lets time pass until a condition holds, 20 seconds of the Pebble's time at most. */
export async function eventually(pebble: PebbleUnderTest, condition: () => Promise<boolean>): Promise<void> {
  for (let passed = 0; passed <= 20_000; passed += 250) {
    if (await condition()) return;
    await pebble.pass(250);
  }
  throw new Error('the condition did not come to hold within 20 s');
}
