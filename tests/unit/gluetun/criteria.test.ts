import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Options } from '../../../src/configuration/options.js';
import { GatewayWorld } from './gateway-world.js';
import { options } from './options.js';

let world: GatewayWorld;

beforeEach(async () => {
  world = new GatewayWorld();
  await world.start();
});

afterEach(() => world.stop());

test.each<[string, Partial<Options>, RegExp]>([
  ['2: no provider', { 'vpn-provider': '' }, /^blocked: set vpn-provider$/],
  ['4: mullvad without addresses', { 'wireguard-addresses': '' }, /^blocked: set wireguard-addresses .*mullvad/],
  ['13: overrides that are not JSON', { 'custom-overrides': '{' }, /^blocked: .*custom-overrides/],
])('%s', async (_case, changes, status) => {
  world.config = options(changes);
  await world.hook('config-changed');
  expect(world.status).toMatch(status);
  expect(world.service).toBe('absent');
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

test('107, 108, 109: the overlay and the ranges reach the clients', async () => {
  await world.bringUp();
  expect(world.published).toMatchObject({ vxlan_id: 42 });
  world.config = options({ 'vxlan-id': 100, 'cluster-cidrs': '10.1.0.0/16,10.152.183.0/24,192.168.100.0/24' });
  await world.hook('config-changed');
  expect(world.published).toMatchObject({ vxlan_id: 100 });
  expect(String(world.published['cluster_cidrs']).split(',')).toContain('192.168.100.0/24');
});
