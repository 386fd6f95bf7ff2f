import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { GatewayWorld } from './gateway-world.js';

let world: GatewayWorld;

beforeEach(async () => {
  world = new GatewayWorld();
  await world.start();
});

afterEach(() => world.stop());

const versions = () => world.calls.filter(({ tool }) => tool === 'application-version-set').map(({ args }) => args);

test('the country is in the status, and the version is told once', async () => {
  await world.answer(8000, { status: 200, body: '{"version": "v3.41.1", "country": "Sweden"}' });
  await world.bringUp();
  expect(world.status).toBe('active: VPN connected (185.213.154.66, Sweden), 1 client');
  await world.hook('update-status');
  expect(versions()).toHaveLength(1);
  expect(versions()[0]).toContain('v3.41.1');
});

test.each([
  ['no JSON', { status: 200, body: '<html>' }],
  ['a text that is no country', { status: 200, body: '{"version": "1\\n2", "country": "a; b"}' }],
  ['a refusal', { status: 401, body: '{"version": "v3.41.1", "country": "Sweden"}' }],
])('%s: neither country nor version', async (_case, page) => {
  await world.answer(8000, page);
  await world.bringUp();
  expect(world.status).toBe('active: VPN connected (185.213.154.66), 1 client');
  expect(versions()).toEqual([]);
});

test('the reason of a loss is in the status, one line of it', async () => {
  await world.bringUp();
  await world.answer(9999, { status: 500, body: 'dialing: i/o timeout\nsecond line' });
  world.vpn = 'down';
  await world.clock.advance(20_000);
  await world.hook('update-status');
  expect(world.status).toMatch(/^waiting: VPN lost at .* \(dialing: i\/o timeout\), reconnecting/);
});
