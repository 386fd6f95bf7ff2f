import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Options } from '../../../src/configuration/options.js';
import { GatewayWorld } from './gateway-world.js';
import { options, publicKey } from './options.js';

let world: GatewayWorld;

beforeEach(async () => {
  world = new GatewayWorld();
  await world.start();
});

afterEach(() => world.stop());

const openVpn = (overrides: object) => ({ 'custom-overrides': JSON.stringify(overrides) });

test.each<[string, Partial<Options>, RegExp]>([
  ['2: no provider', { 'vpn-provider': '' }, /^blocked: set vpn-provider$/],
  [
    '3: OpenVPN by `vpn-type` alone',
    { 'vpn-type': 'openvpn' },
    /^blocked: vpn-type: OpenVPN needs custom-overrides \{"VPN_TYPE": "openvpn"\}$/,
  ],
  ['4: mullvad without addresses', { 'wireguard-addresses': '' }, /^blocked: set wireguard-addresses .*mullvad/],
  [
    '5: custom without an endpoint',
    { 'vpn-provider': 'custom', 'wireguard-public-key': publicKey },
    /^blocked: set vpn-endpoint-ip \(provider custom needs it\)$/,
  ],
  [
    '11: overrides, and ranges that cannot be found out',
    { ...openVpn({ BLOCK_ADS: true }), 'cluster-cidrs': '' },
    /^blocked: set cluster-cidrs: /,
  ],
  ['13: overrides that are not JSON', { 'custom-overrides': '{' }, /^blocked: .*custom-overrides/],
  [
    '18: overrides win, but not over the kill switch',
    openVpn({ DOT: 'off' }),
    /^blocked: custom-overrides: DOT is the option dns-over-tls, or dns-upstream$/,
  ],
])('%s', async (_case, changes, status) => {
  world.config = options(changes);
  await world.hook('config-changed');
  expect(world.status).toMatch(status);
  expect(world.service).toBe('absent');
});

test('10: OpenVPN by `vpn-type` and overrides', async () => {
  world.config = options({ ...openVpn({ BLOCK_ADS: true }), 'vpn-provider': 'expressvpn', 'vpn-type': 'openvpn' });
  world.secret = { 'openvpn-user': 'me', 'openvpn-password': 'hunter-two' };
  await world.bringUp();
  expect(world.status).toMatch(/^active: VPN connected/);
  expect(world.pebble.files.read('/gluetun/vpn_type')).toBe('openvpn');
});

test('12: only OpenVPN needs no WireGuard key', async () => {
  world.secret = { 'openvpn-user': 'me', 'openvpn-password': 'hunter-two' };
  world.config = options(openVpn({ BLOCK_ADS: true }));
  await world.hook('config-changed');
  expect(world.status).toMatch(/^blocked: wireguard-private-key-secret: has no attribute private-key/);
  // 18: the protocol of the overrides wins.
  world.config = options({ ...openVpn({ VPN_TYPE: 'openvpn' }), 'vpn-provider': 'expressvpn' });
  await world.bringUp();
  expect(world.status).toMatch(/^active: VPN connected/);
});

test('9: a leader of two units runs the VPN', async () => {
  world.plannedUnits = 2;
  await world.bringUp();
  expect(world.status).toMatch(/^active: VPN connected/);
});

test('14, 15: provider, key and countries are files that Gluetun reads', async () => {
  world.config = options({ 'server-countries': 'Sweden,Norway' });
  await world.bringUp();
  expect(world.pebble.files.read('/run/secrets/wireguard_private_key')).toBe(world.secret['private-key']);
  expect(world.pebble.files.read('/gluetun/vpn_service_provider')).toBe('mullvad');
  expect(world.pebble.files.read('/gluetun/server_countries')).toBe('Sweden,Norway');
});
