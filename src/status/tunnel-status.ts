import { ActiveStatus, BlockedStatus, type SettableStatus, WaitingStatus } from '@charm-ts/ops';
import type { LossMemory } from '../health/loss-memory.js';
import type { TunnelHealth } from '../health/tunnel-health.js';

export interface TunnelReport {
  readonly health: TunnelHealth;
  readonly memory: LossMemory;
  readonly clients: number;
  readonly provider: string;
}

const countOf = (clients: number): string => `${clients} ${clients === 1 ? 'client' : 'clients'}`;

const timeOf = (moment: Date): string => `${moment.toISOString().slice(11, 16)} UTC`;

/** The unit's status while the gateway runs. */
export const tunnelStatus = ({ health, memory, clients, provider }: TunnelReport): SettableStatus => {
  if (health.kind === 'connected') {
    return new ActiveStatus(`VPN connected (${health.address}), ${countOf(clients)}`);
  }
  if (health.kind === 'crashing') {
    return new BlockedStatus(
      'gluetun ends right after its start: check the keys, server-countries, server-cities and custom-overrides',
    );
  }
  if (memory.kind === 'lost') {
    return new WaitingStatus(`VPN lost at ${timeOf(memory.since)}, reconnecting; clients are blocked`);
  }
  return new WaitingStatus(
    health.kind === 'down'
      ? `no answer through the VPN yet: ${provider} is not reached or refuses the key; clients are blocked`
      : `connecting to ${provider}; clients are blocked`,
  );
};
