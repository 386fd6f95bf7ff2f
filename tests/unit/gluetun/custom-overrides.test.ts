import { describe, expect, test } from '@jest/globals';
import { parseOverrides } from '../../../src/configuration/custom-overrides.js';
import { overrideValueProblems } from '../../../src/configuration/override-values.js';
import type { ProviderName } from '../../../src/configuration/providers.js';

describe('custom-overrides', () => {
  test.each(['', '  ', '{}'])('%j is no override', (option) => {
    expect(parseOverrides(option)).toEqual({ kind: 'ok', overrides: {} });
  });

  test.each(['[]', 'null', '"x"', '{', 'A=b'])('%j is not a JSON object', (option) => {
    expect(parseOverrides(option).kind).toBe('wrong');
  });

  test('takes texts, numbers and booleans as Gluetun writes them', () => {
    expect(parseOverrides('{"SERVER_HOSTNAMES": "ch-zrh-wg-001", "WIREGUARD_MTU": 1280, "OWNED_ONLY": true}')).toEqual({
      kind: 'ok',
      overrides: { SERVER_HOSTNAMES: 'ch-zrh-wg-001', WIREGUARD_MTU: '1280', OWNED_ONLY: 'on' },
    });
  });

  test.each([
    'FIREWALL',
    'FIREWALL_ENABLED_DISABLING_IT_SHOOTS_YOU_IN_YOUR_FOOT',
    'FIREWALL_OUTBOUND_SUBNETS',
    'EXTRA_SUBNETS',
    'VPN_INTERFACE',
    'WIREGUARD_INTERFACE',
    'WIREGUARD_ALLOWED_IPS',
    'HTTP_CONTROL_SERVER_ADDRESS',
    'HTTP_CONTROL_SERVER_AUTH_DEFAULT_ROLE',
    'DNS_SERVER',
    'DOT',
    'DNS_KEEP_NAMESERVER',
    'DNS_ADDRESS',
    'WIREGUARD_PRIVATE_KEY',
    'WIREGUARD_PRESHARED_KEY',
    'WIREGUARD_PRIVATE_KEY_SECRETFILE',
    'WIREGUARD_CONF_SECRETFILE',
    'VPN_SERVICE_PROVIDER',
    'VPNSP',
    'VPN_TYPE',
    'OPENVPN_USER',
    'OPENVPN_PASSWORD',
    'VPN_PORT_FORWARDING_UP_COMMAND',
    'VPN_PORT_FORWARDING_PASSWORD',
    'PUBLICIP_FILE',
    'PUBLICIP_API_TOKEN',
    'HEALTH_SERVER_ADDRESS',
    'HTTPPROXY',
    'SHADOWSOCKS_PASSWORD',
    'server_hostnames',
    '../auth/config.toml',
  ])('refuses %s', (name) => {
    expect(parseOverrides(JSON.stringify({ [name]: 'x' })).kind).toBe('wrong');
  });

  test('says for a key where it belongs', () => {
    expect(parseOverrides('{"WIREGUARD_PRIVATE_KEY": "hunter2"}')).toEqual({
      kind: 'wrong',
      problems: [
        'WIREGUARD_PRIVATE_KEY is a secret: put it in the secret of wireguard-private-key-secret, never in plain configuration',
      ],
    });
  });

  test('lists every problem', () => {
    const reading = parseOverrides('{"DOT": "off", "FIREWALL": "off", "TZ": null, "PUID": {}}');
    expect(reading.kind === 'wrong' ? reading.problems : []).toHaveLength(4);
  });

  test('refuses a value of two lines', () => {
    expect(parseOverrides('{"TZ": "Europe/Zurich\\nFIREWALL=off"}').kind).toBe('wrong');
  });
});

describe('values that the charm or Gluetun cannot take', () => {
  test.each<[string, string, ProviderName, number]>([
    ['WIREGUARD_MTU', '1280', 'mullvad', 0],
    ['WIREGUARD_MTU', '9000', 'mullvad', 1],
    ['WIREGUARD_MTU', '1e3', 'mullvad', 1],
    ['HEALTH_ICMP_TARGET_IPS', '9.9.9.9,10.64.0.1', 'mullvad', 0],
    ['HEALTH_ICMP_TARGET_IPS', '1.1.1.1; reboot', 'mullvad', 1],
    ['HEALTH_ICMP_TARGET_IPS', '$(reboot)', 'mullvad', 1],
    ['WIREGUARD_ENDPOINT_PORT', '51820', 'nordvpn', 1],
    ['WIREGUARD_ENDPOINT_PORT', '1637', 'airvpn', 0],
    ['WIREGUARD_ENDPOINT_PORT', '1638', 'airvpn', 1],
    ['WIREGUARD_ENDPOINT_PORT', '53', 'mullvad', 0],
    ['WIREGUARD_ENDPOINT_IP', 'vpn.example.org', 'mullvad', 1],
    ['WIREGUARD_ENDPOINT_IP', '203.0.113.9', 'custom', 1],
    ['WIREGUARD_PUBLIC_KEY', 'x', 'mullvad', 1],
    ['SERVER_HOSTNAMES', 'anything', 'mullvad', 0],
  ])('%s=%s with %s: %d', (name, value, provider, count) => {
    expect(overrideValueProblems({ [name]: value }, provider)).toHaveLength(count);
  });
});
