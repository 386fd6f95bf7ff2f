import { describe, expect, test } from '@jest/globals';
import type { StatusName } from '@charm-ts/ops';
import { formatLossMemory, neverUp, parseLossMemory, remember } from '../../../src/health/loss-memory.js';
import { tunnelHealth, type TunnelObservation } from '../../../src/health/tunnel-health.js';
import { type TunnelReport, tunnelStatus } from '../../../src/status/tunnel-status.js';

const up: TunnelObservation = {
  service: 'active',
  probe: 'up',
  lastFailure: undefined,
  address: '185.213.154.66',
  forwardedPort: undefined,
};
const connected = tunnelHealth(up);
const at = (time: string) => new Date(`2026-11-24T${time}Z`);

describe('health of the tunnel', () => {
  test.each<[string, Partial<TunnelObservation>, string]>([
    ['everything agrees', {}, 'connected'],
    ['no address yet: a new check is up before its first run', { address: undefined }, 'connecting'],
    ['the probe fails, whatever the address file says', { probe: 'down' }, 'down'],
    ['Gluetun ends again and again', { service: 'backoff' }, 'crashing'],
    ['Gluetun is stopped, whatever else is left of it', { service: 'inactive' }, 'stopped'],
    ['Gluetun is not in the plan', { service: 'absent', probe: 'absent' }, 'stopped'],
  ])('%s', (_case, changes, kind) => {
    expect(tunnelHealth({ ...up, ...changes }).kind).toBe(kind);
  });
});

describe('what is remembered of a loss', () => {
  test('keeps the first time of a loss through further hooks', () => {
    const lost = remember({ kind: 'up' }, { kind: 'down' }, at('10:42:10'));
    expect(remember(parseLossMemory(formatLossMemory(lost)), { kind: 'connecting' }, at('10:50:00'))).toEqual({
      kind: 'lost',
      since: at('10:42:10'),
    });
  });

  test('ends with the next connection', () => {
    expect(remember({ kind: 'lost', since: at('10:42:10') }, connected, at('10:43:00'))).toEqual({ kind: 'up' });
  });

  test('does not call a tunnel lost that never was up', () => {
    expect(remember(neverUp, { kind: 'down' }, at('10:42:10'))).toEqual(neverUp);
  });

  test.each([undefined, '', 'nonsense'])('%j in the state store means never up', (text) => {
    expect(parseLossMemory(text)).toEqual(neverUp);
  });
});

describe('status', () => {
  test.each<[StatusName, string, Partial<TunnelReport>]>([
    ['active', 'VPN connected (185.213.154.66), 0 clients', { clients: 0 }],
    ['active', 'VPN connected (185.213.154.66), 1 client', { clients: 1 }],
    [
      'waiting',
      'VPN lost at 10:42 UTC, reconnecting; clients are blocked',
      { health: { kind: 'down' }, memory: { kind: 'lost', since: at('10:42:10') } },
    ],
    ['waiting', 'connecting to mullvad; clients are blocked', { health: { kind: 'connecting' } }],
    [
      'waiting',
      'no answer through the VPN yet: mullvad is not reached or refuses the key; clients are blocked',
      { health: { kind: 'down' } },
    ],
    [
      'blocked',
      'gluetun ends right after its start: check the keys, server-countries, server-cities, server-filters and custom-overrides',
      { health: { kind: 'crashing' } },
    ],
  ])('%s: %s', (name, message, changes) => {
    const status = tunnelStatus({ health: connected, memory: neverUp, clients: 1, provider: 'mullvad', ...changes });
    expect([status.name, status.message]).toEqual([name, message]);
  });
});
