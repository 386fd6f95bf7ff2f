import { describe, expect, test } from '@jest/globals';
import { describeFaults } from '../../../src/configuration/fault.js';
import type { Options } from '../../../src/configuration/options.js';
import { providerNames, rulesOf } from '../../../src/configuration/providers.js';
import { readTunnelSettings } from '../../../src/configuration/tunnel-settings.js';
import { defaults, options, publicKey } from './options.js';

const faultsOf = (changes: Partial<Options>): string => describeFaults(readTunnelSettings(options(changes)).faults);

const custom = {
  'vpn-provider': 'custom',
  'vpn-endpoint-ip': '203.0.113.9',
  'wireguard-public-key': publicKey,
} as const;

describe('faults of the tunnel options', () => {
  test.each<[string, Partial<Options>, string]>([
    ['nothing is wrong', {}, ''],
    ['upper case and blanks around a provider', { 'vpn-provider': ' Mullvad ' }, ''],
    ['no provider', { 'vpn-provider': '' }, 'set vpn-provider'],
    ['no secret', { 'wireguard-private-key-secret': undefined }, 'set wireguard-private-key-secret'],
    [
      'PIA',
      { 'vpn-provider': 'pia' },
      'vpn-provider: Private Internet Access works with OpenVPN only; use custom with its WireGuard server',
    ],
    [
      'a provider without WireGuard',
      { 'vpn-provider': 'cyberghost' },
      'vpn-provider: "cyberghost" does not work with WireGuard, use one of airvpn, custom, fastestvpn, ivpn, mullvad, nordvpn, protonvpn, surfshark, windscribe',
    ],
    ['OpenVPN', { 'vpn-type': 'openvpn' }, 'vpn-type: must be wireguard (OpenVPN is not supported)'],
    ['another type', { 'vpn-type': 'ipsec' }, 'vpn-type: must be wireguard'],
    ['no addresses', { 'wireguard-addresses': '' }, 'set wireguard-addresses (provider mullvad needs it)'],
    [
      'addresses that are none',
      { 'wireguard-addresses': '10.64.12.7/33, x' },
      'wireguard-addresses: "10.64.12.7/33" is not an address, e.g. 10.64.12.7/32; wireguard-addresses: "x" is not an address, e.g. 10.64.12.7/32',
    ],
    [
      'IPv6 addresses alone',
      { 'wireguard-addresses': 'fc00:bbbb::1/128' },
      'wireguard-addresses: needs an IPv4 address: the tunnel carries IPv4 only',
    ],
    ['custom, complete', custom, ''],
    [
      'custom without its options',
      { 'vpn-provider': 'custom', 'wireguard-addresses': '' },
      'set wireguard-addresses, vpn-endpoint-ip and wireguard-public-key (provider custom needs it)',
    ],
    [
      'a name as endpoint',
      { ...custom, 'vpn-endpoint-ip': 'vpn.example.org' },
      'vpn-endpoint-ip: must be an IPv4 address, no name (is "vpn.example.org")',
    ],
    ['an IPv6 endpoint', { ...custom, 'vpn-endpoint-ip': '2001:db8::1' }, 'vpn-endpoint-ip: must be an IPv4 address'],
    ['a port out of range', { ...custom, 'vpn-endpoint-port': 0 }, 'vpn-endpoint-port: must be 1 to 65535 (is 0)'],
    [
      'a short public key',
      { ...custom, 'wireguard-public-key': 'AAAA' },
      'wireguard-public-key: must be 32 bytes in base64 (it has 3)',
    ],
    [
      'countries with windscribe',
      { 'vpn-provider': 'windscribe', 'server-countries': 'Canada' },
      'server-countries: provider windscribe cannot choose servers by it, leave it empty',
    ],
  ])('%s', (_case, changes, text) => {
    expect(faultsOf(changes)).toBe(text);
  });

  test('lists everything that is missing in one sentence', () => {
    expect(describeFaults(readTunnelSettings(defaults).faults)).toBe(
      'set vpn-provider and wireguard-private-key-secret',
    );
  });

  test('gives no settings while anything is wrong', () => {
    expect(readTunnelSettings(options({ 'vpn-type': 'openvpn' })).tunnel).toBeUndefined();
  });

  test.each(providerNames.filter((name) => rulesOf(name).addresses === 'default'))('%s needs no addresses', (name) => {
    expect(faultsOf({ 'vpn-provider': name, 'wireguard-addresses': '' })).toBe('');
  });

  test.each(providerNames.filter((name) => rulesOf(name).addresses === 'required'))('%s needs addresses', (name) => {
    expect(faultsOf({ 'vpn-provider': name, 'wireguard-addresses': '' })).toContain('wireguard-addresses');
  });
});

describe('the tunnel settings', () => {
  test('trims lists, since Gluetun does not', () => {
    const { tunnel } = readTunnelSettings(options({ 'server-countries': ' Switzerland , Sweden,, ' }));
    expect(tunnel?.countries).toEqual(['Switzerland', 'Sweden']);
  });

  test('leaves IPv6 addresses out and completes a bare IPv4 address', () => {
    const { tunnel } = readTunnelSettings(options({ 'wireguard-addresses': '10.64.12.7, fc00:bbbb::1/128' }));
    expect(tunnel?.addresses).toEqual(['10.64.12.7/32']);
  });

  test('ignores the endpoint options for providers that bring their own servers', () => {
    const { tunnel } = readTunnelSettings(options({ 'vpn-endpoint-ip': '203.0.113.9' }));
    expect(tunnel?.endpoint).toBeUndefined();
  });
});
