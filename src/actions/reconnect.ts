import type { Clock } from '@charm-ts/ops';
import { tunnelHealth } from '../health/tunnel-health.js';
import type { GluetunWorkload } from '../workload/gluetun-workload.js';
import { ActionFailure } from './action-failure.js';

export interface ReconnectTools {
  readonly workload: Pick<GluetunWorkload, 'look' | 'reconnect'>;
  readonly clock: Clock;
  readonly log: (text: string) => Promise<void>;
}

const pollMilliseconds = 1_000;

/** Makes a new connection and waits for it, `timeout` seconds at most. The check on Gluetun's findings tells everybody else. */
export const reconnect = async ({ workload, clock, log }: ReconnectTools, timeout: number) => {
  const before = (await workload.look())?.address;
  await log('ending the connection; clients are blocked until the new one is there');
  await workload.reconnect();
  const end = clock.now().getTime() + timeout * 1000;
  for (;;) {
    const seen = await workload.look();
    const health = seen === undefined ? undefined : tunnelHealth(seen);
    if (health?.kind === 'connected') {
      await log(`connected as ${health.address}`);
      return { 'address-before': before ?? 'none', address: health.address };
    }
    if (clock.now().getTime() >= end) {
      throw new ActionFailure(`no new connection after ${timeout}s; Gluetun goes on trying, see: juju status`);
    }
    await clock.sleep(pollMilliseconds);
  }
};
