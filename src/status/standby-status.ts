import { BlockedStatus, type SettableStatus, WaitingStatus } from '@charm-ts/ops';

/**
 * The status of a unit that does not lead: a tunnel cannot be fenced off from a second one with the same key, so only
 * the leader runs it.
 */
export const standbyStatus = (app: string, plannedUnits: number): SettableStatus =>
  plannedUnits > 1
    ? new BlockedStatus(`one unit runs the VPN, run: juju scale-application ${app} 1`)
    : new WaitingStatus('waiting to become the leader');
