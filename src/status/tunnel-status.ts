import { ActiveStatus, BlockedStatus, type SettableStatus, WaitingStatus } from '@charm-ts/ops';
import type { LossMemory } from '../health/loss-memory.js';
import type { TunnelHealth } from '../health/tunnel-health.js';

export interface TunnelReport {
  readonly health: TunnelHealth;
  readonly memory: LossMemory;
  readonly clients: number;
  readonly provider: string;
  /** Country of the public address. */
  readonly country?: string | undefined;
  /** What Gluetun's health server says while the tunnel is down. */
  readonly reason?: string | undefined;
  /** About the forwarded port. */
  readonly port?: string | undefined;
  /** What the operator should know although the VPN is connected. */
  readonly remarks?: readonly string[];
}

const countOf = (clients: number): string => `${clients} ${clients === 1 ? 'client' : 'clients'}`;

const timeOf = (moment: Date): string => `${moment.toISOString().slice(11, 16)} UTC`;

const inBrackets = (reason: string | undefined): string => (reason === undefined ? '' : ` (${reason})`);

const connectedText = (address: string, { clients, country, port, remarks = [] }: TunnelReport): string => {
  const exit = country === undefined ? address : `${address}, ${country}`;
  const text = [`VPN connected (${exit})`, countOf(clients), ...(port === undefined ? [] : [port])].join(', ');
  return [text, ...remarks].join('; ');
};

/** The unit's status while the gateway runs. */
export const tunnelStatus = (report: TunnelReport): SettableStatus => {
  const { health, memory, provider, reason } = report;
  if (health.kind === 'connected') return new ActiveStatus(connectedText(health.address, report));
  if (health.kind === 'crashing') {
    return new BlockedStatus(
      'gluetun ends right after its start: check the keys, server-countries, server-cities, server-filters and custom-overrides',
    );
  }
  if (memory.kind === 'lost') {
    return new WaitingStatus(
      `VPN lost at ${timeOf(memory.since)}${inBrackets(reason)}, reconnecting; clients are blocked`,
    );
  }
  return new WaitingStatus(
    health.kind === 'down'
      ? `no answer through the VPN yet${inBrackets(reason)}: ${provider} is not reached or refuses the key; clients are blocked`
      : `connecting to ${provider}; clients are blocked`,
  );
};
