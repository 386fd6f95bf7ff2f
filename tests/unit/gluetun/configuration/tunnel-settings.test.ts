import { describe, expect, test } from '@jest/globals';
import { describeFaults } from '../../../../src/configuration/fault.js';
import type { Options } from '../../../../src/configuration/options.js';
import { providerNames, rulesOf } from '../../../../src/configuration/providers.js';
import { readTunnelSettings } from '../../../../src/configuration/tunnel-settings.js';
import { readVpnKeys } from '../../../../src/secret/vpn-keys.js';
import { defaults, options, presharedKey, privateKey, publicKey } from '../options.js';

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
    ['OpenVPN', { 'vpn-type': 'openvpn' }, 'vpn-type: OpenVPN needs custom-overrides {"VPN_TYPE": "openvpn"}'],
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
      'server-countries: Windscribe servers cannot be chosen by countries, only by regions, cities and hostnames',
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

describe('with what is in the secret', () => {
  const faultsWith = (changes: Partial<Options>, secret: Record<string, string>): string =>
    describeFaults(readTunnelSettings(options(changes), readVpnKeys(secret)).faults);
  const conf = `[Interface]\nPrivateKey = ${privateKey}\nAddress = 10.9.0.2/32\n[Peer]\nPublicKey = ${publicKey}\nEndpoint = 203.0.113.9:51821`;
  const wireguard = { 'private-key': privateKey };
  const openVpn = (provider: string, overrides = '{"VPN_TYPE": "openvpn"}') =>
    ({ 'vpn-provider': provider, 'custom-overrides': overrides }) as const;
  const account = { 'openvpn-user': 'me', 'openvpn-password': 'hunter2' };

  test.each<[string, Partial<Options>, Record<string, string>, string]>([
    ['a key', {}, wireguard, ''],
    [
      'no key',
      {},
      { 'openvpn-user': 'me' },
      'wireguard-private-key-secret: has no attribute private-key, run: juju update-secret <name> private-key#file=<file>',
    ],
    [
      'airvpn without preshared key',
      { 'vpn-provider': 'airvpn' },
      wireguard,
      'set preshared-key in the secret (provider airvpn needs it)',
    ],
    ['airvpn with one', { 'vpn-provider': 'airvpn' }, { ...wireguard, 'preshared-key': presharedKey }, ''],
    ['wg0-conf alone', { 'vpn-provider': '', 'wireguard-addresses': '' }, { 'wg0-conf': conf }, ''],
    ['wg0-conf for a provider', { 'vpn-provider': 'mullvad', 'wireguard-addresses': '' }, { 'wg0-conf': conf }, ''],
    [
      'wg0-conf with an address that is none',
      { 'vpn-provider': '', 'wireguard-addresses': '' },
      { 'wg0-conf': conf.replace('10.9.0.2/32', '10.9.0.2/64') },
      'wireguard-private-key-secret: wg0-conf: Address must have IPv4 addresses, e.g. 10.64.12.7/32',
    ],
    ['OpenVPN with an account', openVpn('expressvpn'), account, ''],
    [
      'OpenVPN by vpn-type, as with the Python charm',
      { ...openVpn('pia', '{"BLOCK_ADS": true}'), 'vpn-type': 'openvpn' },
      account,
      '',
    ],
    [
      'OpenVPN without an account',
      openVpn('expressvpn'),
      wireguard,
      'set openvpn-user in the secret and openvpn-password in the secret (provider expressvpn needs it with OpenVPN)',
    ],
    ['OpenVPN with a file', openVpn('custom'), { 'openvpn-config': 'remote 203.0.113.9 1194' }, ''],
    [
      'OpenVPN without the file',
      openVpn('custom'),
      account,
      'set openvpn-config in the secret (provider custom needs it with OpenVPN)',
    ],
    [
      'OpenVPN with a misspelt provider',
      openVpn('expresvpn'),
      account,
      'vpn-provider: "expresvpn" is no provider, did you mean expressvpn?',
    ],
    [
      'port forwarding of Private Internet Access',
      { ...custom, 'port-forwarding': true, 'port-forwarding-provider': 'pia' },
      wireguard,
      'set port-forwarding-username in the secret and port-forwarding-password in the secret (Private Internet Access asks for it)',
    ],
  ])('%s', (_case, changes, secret, text) => {
    expect(faultsWith(changes, secret)).toBe(text);
  });

  test('wg0-conf makes the server, and options that are set win', () => {
    const endpointOf = (changes: Partial<Options>) =>
      readTunnelSettings(
        options({ 'vpn-provider': '', 'wireguard-addresses': '', ...changes }),
        readVpnKeys({ 'wg0-conf': conf }),
      ).tunnel;
    expect(endpointOf({})).toMatchObject({
      provider: 'custom',
      addresses: ['10.9.0.2/32'],
      endpoint: { address: '203.0.113.9', port: 51_821, publicKey },
    });
    expect(endpointOf({ 'vpn-endpoint-ip': '203.0.113.10', 'wireguard-addresses': '10.9.0.3' })).toMatchObject({
      addresses: ['10.9.0.3/32'],
      endpoint: { address: '203.0.113.10', port: 51_820 },
    });
  });

  test('VPN_SERVICE_PROVIDER in the overrides is the provider, as with the Python charm', () => {
    const { tunnel } = readTunnelSettings(
      options({ 'vpn-provider': '', 'custom-overrides': '{"VPN_SERVICE_PROVIDER": "PIA", "VPN_TYPE": "openvpn"}' }),
      readVpnKeys(account),
    );
    expect(tunnel).toMatchObject({ protocol: 'openvpn', provider: 'private internet access', overrides: {} });
  });
});

describe('port forwarding', () => {
  test.each<[string, Partial<Options>, string]>([
    ['protonvpn', { 'vpn-provider': 'protonvpn' }, ''],
    ['mullvad', {}, 'port-forwarding: provider mullvad forwards no port that Gluetun can ask for'],
    ['custom, of nobody', custom, 'set port-forwarding-provider (whose server provider custom is)'],
    ['custom, of ProtonVPN', { ...custom, 'port-forwarding-provider': 'protonvpn' }, ''],
    [
      'custom, misspelt',
      { ...custom, 'port-forwarding-provider': 'protonvpm' },
      'port-forwarding-provider: "protonvpm" forwards no port that Gluetun can ask for, did you mean protonvpn?',
    ],
    [
      'the server name of custom',
      { ...custom, 'port-forwarding-provider': 'pia', 'server-filters': 'names=zurich401' },
      '',
    ],
    [
      'free servers',
      { 'vpn-provider': 'protonvpn', 'server-filters': 'free' },
      'server-filters: free servers of ProtonVPN forward no port',
    ],
  ])('%s', (_case, changes, text) => {
    expect(faultsOf({ ...changes, 'port-forwarding': true })).toBe(text);
  });
});

describe('small options', () => {
  test.each<[Partial<Options>, string]>([
    [{ 'dns-upstream': 'DoH' }, ''],
    [{ 'dns-upstream': 'dor' }, 'dns-upstream: must be plain, dot or doh (is "dor"), did you mean dot?'],
    [{ 'log-level': 'warning' }, ''],
    [{ 'log-level': 'verbose' }, 'log-level: must be debug, info, warning or error (is "verbose")'],
    [{ 'wireguard-mtu': 9000 }, 'wireguard-mtu: must be 576 to 1500 (is 9000)'],
    [{ 'wireguard-persistent-keepalive': -1 }, 'wireguard-persistent-keepalive: must be 0 to 65535 seconds (is -1)'],
  ])('%j: %j', (changes, text) => {
    expect(faultsOf(changes)).toBe(text);
  });

  test.each<[Partial<Options>, string]>([
    [{}, 'plain'],
    [{ 'dns-over-tls': true }, 'dot'],
    [{ 'dns-over-tls': true, 'dns-upstream': 'doh' }, 'doh'],
    [{ 'dns-over-tls': true, 'dns-upstream': 'off' }, 'plain'],
  ])('%j resolves names with %s', (changes, upstream) => {
    expect(readTunnelSettings(options(changes)).tunnel?.dnsUpstream).toBe(upstream);
  });
});

describe('the tunnel settings', () => {
  test('trims lists, since Gluetun does not', () => {
    const { tunnel } = readTunnelSettings(options({ 'server-countries': ' Switzerland , Sweden,, ' }));
    expect(tunnel?.filters).toEqual({ SERVER_COUNTRIES: 'Switzerland,Sweden' });
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
