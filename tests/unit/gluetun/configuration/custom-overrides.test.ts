import { describe, expect, test } from '@jest/globals';
import { parseOverrides } from '../../../../src/configuration/custom-overrides.js';
import { overrideValueProblems } from '../../../../src/configuration/override-values.js';
import type { ProviderName } from '../../../../src/configuration/providers.js';

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
    'DNS_KEEP_NAMESERVER',
    'DNS_ADDRESS',
    'WIREGUARD_PRIVATE_KEY_SECRETFILE',
    'WIREGUARD_CONF_SECRETFILE',
    'VPNSP',
    'VPN_PORT_FORWARDING_UP_COMMAND',
    'VPN_PORT_FORWARDING_LISTENING_PORT',
    'OPENVPN_FLAGS',
    'OPENVPN_PROCESS_USER',
    'PUBLICIP_FILE',
    'HEALTH_SERVER_ADDRESS',
    'HTTPPROXY',
    'SHADOWSOCKS_PASSWORD',
    'STORAGE_FILEPATH',
    'COUNTRY',
    'server_hostnames',
    '../auth/config.toml',
    'NOT_A_SETTING',
  ])('refuses %s', (name) => {
    expect(parseOverrides(JSON.stringify({ [name]: 'x' })).kind).toBe('wrong');
  });

  test.each([
    ['WIREGUARD_PRIVATE_KEY', 'private-key'],
    ['WIREGUARD_PRESHARED_KEY', 'preshared-key'],
    ['OPENVPN_USER', 'openvpn-user'],
    ['OPENVPN_PASSWORD', 'openvpn-password'],
    ['OPENVPN_KEY_PASSPHRASE', 'openvpn-key-passphrase'],
    ['OPENVPN_CUSTOM_CONFIG', 'openvpn-config'],
    ['VPN_PORT_FORWARDING_PASSWORD', 'port-forwarding-password'],
    ['PUBLICIP_API_TOKEN', 'publicip-api-token'],
  ])('says that %s belongs into the secret, and never quotes it', (name, attribute) => {
    expect(parseOverrides(JSON.stringify({ [name]: 'hunter2' }))).toEqual({
      kind: 'wrong',
      problems: [
        `${name} is a secret: put it in the secret of wireguard-private-key-secret as ${attribute}, never in plain configuration`,
      ],
    });
  });

  test.each([
    ['DOT', 'is the option dns-over-tls, or dns-upstream'],
    ['VPN_PORT_FORWARDING', 'is the option port-forwarding'],
    ['WIREGUARD_ADDRESSES', 'is the option wireguard-addresses'],
    ['SERVER_HOSTNAME', 'has a new name: SERVER_HOSTNAMES, SERVER_NAMES'],
    ['SERVER_CONTRIES', 'is no setting that can be overridden, did you mean SERVER_COUNTRIES?'],
  ])('says for %s where it belongs', (name, reason) => {
    expect(parseOverrides(JSON.stringify({ [name]: 'x' }))).toEqual({ kind: 'wrong', problems: [`${name} ${reason}`] });
  });

  test('lists every problem', () => {
    const reading = parseOverrides('{"DOT": "off", "FIREWALL": "off", "TZ": null, "PUID": {}}');
    expect(reading.kind === 'wrong' ? reading.problems : []).toHaveLength(4);
  });

  test('refuses a value of two lines', () => {
    expect(parseOverrides('{"TZ": "Europe/Zurich\\nFIREWALL=off"}').kind).toBe('wrong');
  });
});

describe('values for which Gluetun would exit', () => {
  test.each<[string, string | number | boolean, boolean]>([
    ['WIREGUARD_MTU', 1280, true],
    ['WIREGUARD_MTU', 9000, false],
    ['WIREGUARD_MTU', '1e3', false],
    ['HEALTH_ICMP_TARGET_IPS', '9.9.9.9, 10.64.0.1', true],
    ['HEALTH_ICMP_TARGET_IPS', '1.1.1.1; reboot', false],
    ['HEALTH_ICMP_TARGET_IPS', '$(reboot)', false],
    ['OWNED_ONLY', true, true],
    ['OWNED_ONLY', 1, false],
    ['BLOCK_ADS', 'enabled', true],
    ['BLOCK_ADS', 'maybe', false],
    ['DNS_UPDATE_PERIOD', '0', true],
    ['DNS_UPDATE_PERIOD', '1h30m', true],
    ['DNS_UPDATE_PERIOD', '10s', false],
    ['WIREGUARD_PERSISTENT_KEEPALIVE_INTERVAL', 25, false],
    ['WIREGUARD_PERSISTENT_KEEPALIVE_INTERVAL', '25s', true],
    ['DNS_UPSTREAM_RESOLVERS', 'Quad9,cloudflare', true],
    ['DNS_UPSTREAM_RESOLVERS', '9.9.9.9', false],
    ['DNS_BLOCK_IP_PREFIXES', '10.0.0.0/8,fd00::/8', true],
    ['DNS_BLOCK_IP_PREFIXES', '10.0.0.0', false],
    ['OPENVPN_PROTOCOL', 'tcp', false],
    ['OPENVPN_PROTOCOL', 'udp', true],
    ['VPN_TYPE', 'ipsec', false],
    ['LOG_LEVEL', 'warning', false],
    ['UPDATER_MIN_RATIO', 0.8, true],
    ['UPDATER_MIN_RATIO', 0, false],
  ])('%s=%s: taken %s', (name, value, isTaken) => {
    expect(parseOverrides(JSON.stringify({ [name]: value })).kind).toBe(isTaken ? 'ok' : 'wrong');
  });

  test.each<[string, string, ProviderName, number]>([
    ['WIREGUARD_ENDPOINT_PORT', '51820', 'nordvpn', 1],
    ['WIREGUARD_ENDPOINT_PORT', '1637', 'airvpn', 0],
    ['WIREGUARD_ENDPOINT_PORT', '1638', 'airvpn', 1],
    ['WIREGUARD_ENDPOINT_PORT', '53', 'mullvad', 0],
    ['WIREGUARD_ENDPOINT_IP', 'vpn.example.org', 'mullvad', 1],
    ['WIREGUARD_ENDPOINT_IP', '203.0.113.9', 'custom', 1],
    ['WIREGUARD_PUBLIC_KEY', 'x', 'mullvad', 1],
    ['PREMIUM_ONLY', 'on', 'mullvad', 1],
    ['OPENVPN_CIPHERS', 'aes-256-gcm', 'mullvad', 1],
    ['SERVER_HOSTNAMES', 'anything', 'mullvad', 0],
  ])('%s=%s with %s: %d', (name, value, provider, count) => {
    expect(overrideValueProblems({ [name]: value }, provider)).toHaveLength(count);
  });
});
