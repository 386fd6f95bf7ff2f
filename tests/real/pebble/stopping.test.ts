import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Container, PebbleClient, PebbleTimeoutError } from '@charm-ts/ops';
import type { PebbleUnderTest } from '../../contract/pebble/pebble-under-test.js';
import { startRealPebble } from './real-pebble.js';

jest.setTimeout(60_000);

describe('a service that takes its time to end', () => {
  let pebble: PebbleUnderTest;
  let container: Container;

  beforeEach(async () => {
    pebble = await startRealPebble();
    container = new Container('workload', new PebbleClient({ socketPath: pebble.socketPath }));
  });
  afterEach(() => pebble.stop());

  const runs = async (): Promise<boolean> =>
    (await container.exec(['pgrep', '-f', `^sh -c trap.*${pebble.scratch}`])).exitCode === 0;
  const start = async (killDelay: string): Promise<void> => {
    const command = `sh -c 'trap "" TERM; while :; do sleep 0.1; done # ${pebble.scratch}'`;
    const app = { override: 'replace', command, startup: 'enabled', 'kill-delay': killDelay } as const;
    await container.apply({ label: 'app', services: { app } });
    expect(await runs()).toBe(true);
  };

  test('has ended when a stop says so, also one that comes while the first goes on', async () => {
    await start('3s');
    const first = container.pebble.stopServices(['app'], { timeoutMs: 100 });
    await expect(first).rejects.toThrow(PebbleTimeoutError);
    // What Pebble shows is not what is: the process goes on.
    expect(await container.services()).toMatchObject([{ name: 'app', current: 'inactive' }]);
    expect(await runs()).toBe(true);
    await container.stop('app');
    expect(await runs()).toBe(false);
  });

  test('is waited for although that is longer than any other change', async () => {
    await start('31s');
    await container.stop('app');
    expect(await runs()).toBe(false);
  });
});
