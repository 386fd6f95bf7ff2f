import { describe, expect, test } from '@jest/globals';
import type { Options } from '../../../src/configuration/options.js';
import { readTunnelSettings } from '../../../src/configuration/tunnel-settings.js';
import { readVpnKeys } from '../../../src/secret/vpn-keys.js';
import { gluetunLayer } from '../../../src/workload/gluetun-layer.js';
import { gluetunSettings } from '../../../src/workload/gluetun-settings.js';
import { controlServerRolesFile, settingsDigest, settingsFiles } from '../../../src/workload/settings-files.js';
import { options, presharedKey, privateKey, publicKey } from './options.js';

const firewall = { outboundSubnets: ['10.1.0.0/16', '192.168.7.9/32'], vxlanPort: 4790 };
const keys = { WIREGUARD_PRIVATE_KEY: privateKey, WIREGUARD_PRESHARED_KEY: presharedKey };

const settingsOf = (changes: Partial<Options> = {}) => {
  const { tunnel } = readTunnelSettings(options(changes));
  if (tunnel === undefined) throw new Error('the options are complete');
  return gluetunSettings(tunnel, firewall);
};

const filesOf = (changes: Partial<Options> = {}): Record<string, string> =>
  Object.fromEntries(settingsFiles(settingsOf(changes), keys).map(({ path, content }) => [path, content]));

describe('settings of Gluetun', () => {
  test('close everything that listens to the pod itself', () => {
    expect(settingsOf()).toMatchObject({
      HTTP_CONTROL_SERVER_ADDRESS: '127.0.0.1:8000',
      HEALTH_SERVER_ADDRESS: '127.0.0.1:9999',
      FIREWALL_INPUT_PORTS: '4790,38812,38813',
      FIREWALL_OUTBOUND_SUBNETS: '10.1.0.0/16,192.168.7.9/32',
    });
  });

  test('use no deprecated name, which Gluetun would prefer', () => {
    expect(Object.keys(settingsOf())).not.toEqual(expect.arrayContaining(['DOT']));
  });

  test.each([
    [true, 'dot'],
    [false, 'plain'],
  ])('dns-over-tls %s keeps the resolver on, with %s', (value, type) => {
    expect(settingsOf({ 'dns-over-tls': value })).toMatchObject({
      DNS_SERVER: 'on',
      DNS_UPSTREAM_RESOLVER_TYPE: type,
    });
  });

  test('give way to the overrides', () => {
    expect(settingsOf({ 'custom-overrides': '{"WIREGUARD_MTU": 1280}' })).toMatchObject({ WIREGUARD_MTU: '1280' });
  });
});

describe('settings of an OpenVPN tunnel', () => {
  const { tunnel } = readTunnelSettings(
    options({ 'vpn-provider': 'custom', 'custom-overrides': '{"VPN_TYPE": "openvpn"}' }),
    readVpnKeys({ 'openvpn-config': 'remote 203.0.113.9 1194', 'private-key': privateKey, 'openvpn-user': 'me' }),
  );
  const settings = tunnel === undefined ? {} : gluetunSettings(tunnel, firewall);

  test("mark its packets, which the pod's firewall asks for", () => {
    expect(settings).toMatchObject({ VPN_TYPE: 'openvpn', OPENVPN_FLAGS: '--mark 51820' });
    expect(Object.keys(settings).filter((name) => name.startsWith('WIREGUARD_'))).toEqual([]);
  });

  test('name the configuration file, which lies beside them', () => {
    const files = settingsFiles(settings, {
      OPENVPN_CUSTOM_CONFIG: 'remote 203.0.113.9 1194',
      OPENVPN_CERT: 'a certificate',
      OPENVPN_KEY: 'a key',
      OPENVPN_USER: 'me',
      WIREGUARD_PRIVATE_KEY: privateKey,
    });
    const content = Object.fromEntries(files.map((file) => [file.path, file.content]));
    expect(content).toMatchObject({
      '/gluetun/openvpn_custom_config': '/gluetun/openvpn/custom.ovpn',
      '/gluetun/openvpn/custom.ovpn': 'remote 203.0.113.9 1194',
      '/run/secrets/openvpn_clientcrt': 'a certificate',
      '/run/secrets/openvpn_clientkey': 'a key',
      '/run/secrets/openvpn_user': 'me',
    });
    expect(Object.values(content)).not.toContain(privateKey);
  });
});

describe('small settings', () => {
  test('are as the options say', () => {
    expect(
      settingsOf({ 'wireguard-mtu': 1400, 'wireguard-persistent-keepalive': 0, 'log-level': 'warning' }),
    ).toMatchObject({ WIREGUARD_MTU: '1400', WIREGUARD_PERSISTENT_KEEPALIVE_INTERVAL: '0s', LOG_LEVEL: 'warn' });
  });

  test('D8: port forwarding names whose way is used', () => {
    const custom = {
      'vpn-provider': 'custom',
      'vpn-endpoint-ip': '203.0.113.9',
      'wireguard-public-key': publicKey,
      'port-forwarding': true,
      'port-forwarding-provider': 'PIA',
      'server-filters': 'names=zurich401',
    } as const;
    expect(settingsOf(custom)).toMatchObject({
      VPN_PORT_FORWARDING: 'on',
      VPN_PORT_FORWARDING_PROVIDER: 'private internet access',
      SERVER_NAMES: 'zurich401',
    });
  });
});

describe('settings files', () => {
  test('are where Gluetun looks for each setting', () => {
    expect(filesOf()).toMatchObject({
      '/gluetun/vpn_service_provider': 'mullvad',
      '/run/secrets/wireguard_addresses': '10.64.12.7/32',
      '/run/secrets/wireguard_private_key': privateKey,
      '/run/secrets/wireguard_preshared_key': presharedKey,
    });
  });

  test('put a custom server into wg0.conf, the only file that Gluetun reads it from', () => {
    const files = filesOf({
      'vpn-provider': 'custom',
      'vpn-endpoint-ip': '203.0.113.9',
      'vpn-endpoint-port': 51_821,
      'wireguard-public-key': publicKey,
    });
    expect(files['/gluetun/wireguard/wg0.conf']).toBe(
      `[Peer]\nPublicKey = ${publicKey}\nEndpoint = 203.0.113.9:51821\n`,
    );
    expect(Object.keys(files)).not.toContain('/gluetun/wireguard_endpoint_ip');
  });

  test('leave the control server one role that needs a key', () => {
    expect(controlServerRolesFile('abc').content).toMatch(/auth = "apikey"\napikey = "abc"/);
  });

  test.each<[string, Partial<Options>]>([
    ['the provider', { 'vpn-provider': 'ivpn' }],
    ['a filter', { 'server-countries': 'Sweden' }],
    ['an override', { 'custom-overrides': '{"OWNED_ONLY": true}' }],
  ])('get another digest with %s', (_case, changes) => {
    const digest = settingsDigest(settingsFiles(settingsOf(), keys));
    expect(settingsDigest(settingsFiles(settingsOf(changes), keys))).not.toBe(digest);
  });

  test('get another digest with another key', () => {
    const other = { WIREGUARD_PRIVATE_KEY: presharedKey };
    expect(settingsDigest(settingsFiles(settingsOf(), other))).not.toBe(
      settingsDigest(settingsFiles(settingsOf(), keys)),
    );
  });
});

describe('the Pebble layer', () => {
  const layer = gluetunLayer(settingsOf(), settingsDigest(settingsFiles(settingsOf(), keys)));
  const text = JSON.stringify(layer);

  test('tells no key and no setting', () => {
    for (const value of [privateKey, presharedKey, 'mullvad', '10.64.12.7', 'd0erdgfmp25c762i8np0']) {
      expect(text).not.toContain(value);
    }
  });

  test('removes the rules of an earlier run in both families before Gluetun starts', () => {
    const command = layer.services?.['gluetun']?.command ?? '';
    expect(command).toMatch(/ip -4 rule del pref 101 .*ip -6 rule del pref 101 .*exec \/gluetun-entrypoint'$/);
  });

  test('gives Gluetun longer to end than it takes', () => {
    expect(layer.services?.['gluetun']?.['kill-delay']).toBe('10s');
  });

  test('probes through the tunnel and leaves the kubelet out of it', () => {
    expect(layer.checks?.['vpn']?.level).toBeUndefined();
    expect(layer.checks?.['vpn']?.exec?.command).toContain(
      'for target in 1.1.1.1 8.8.8.8; do ping -q -c 1 -W 2 -I tun0',
    );
  });

  test('probes the addresses of HEALTH_ICMP_TARGET_IPS when they are given', () => {
    const settings = settingsOf({ 'custom-overrides': '{"HEALTH_ICMP_TARGET_IPS": "10.88.0.1"}' });
    expect(gluetunLayer(settings, 'x').checks?.['vpn']?.exec?.command).toContain('for target in 10.88.0.1; do');
  });
});
