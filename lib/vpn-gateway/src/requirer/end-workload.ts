import { PebbleChangeError, PebbleConnectionError, PebbleError, WaitingStatus } from '@charm-ts/ops';
import type { Decision } from '../gate/decide.js';

/** The workload was told to end and may still run: what protects it stays, and the next hook tries again. */
export class MayStillRunError extends Error {
  override readonly name = 'MayStillRunError';
}

/**
 * Ends the workload, or what is left of it.
 *
 * @throws MayStillRunError when Pebble does not say that it has ended.
 */
export async function endWorkload(stop: () => Promise<unknown>): Promise<void> {
  try {
    await stop();
  } catch (error) {
    // Pebble is the container's first process, and goes after its services: without it nothing runs there.
    if (error instanceof PebbleConnectionError) return;
    if (!(error instanceof PebbleError)) throw error;
    const reason = error instanceof PebbleChangeError ? error.reason : error.message;
    throw new MayStillRunError(reason, { cause: error });
  }
}

/** The gate's answer while the workload may still run. */
export function decisionUntilTheEnd(related: boolean): Decision {
  const status = new WaitingStatus('VPN: waiting for the application to end, until then its protection stays');
  return { state: related ? 'unverified' : 'no-relation', workload: 'stop', status };
}
