import { systemClock } from '../clock.js';
import { ProcessHookTools } from '../hook-tools/process-hook-tools.js';
import type { CharmClass } from './charm-base.js';
import { dispatch } from './dispatch.js';

/**
 * Runs the charm for the event that Juju started this process for, and ends the process. SIGTERM is not caught: Juju queues the
 * hook again when it kills it with the pod.
 */
export function main(charm: CharmClass): void {
  const host = { environment: process.env, hookTools: new ProcessHookTools(process.env), clock: systemClock };
  // Connections that are kept alive would hold up the end of the hook.
  void dispatch(charm, host).then(({ exitCode }) => process.exit(exitCode));
}
