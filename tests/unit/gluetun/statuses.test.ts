import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { GatewayWorld } from './gateway-world.js';
import { options } from './options.js';

let world: GatewayWorld;

beforeEach(async () => {
  world = new GatewayWorld();
  await world.start();
});

afterEach(() => world.stop());

test('another overlay replaces the pod, and the tunnel goes on until then', async () => {
  await world.bringUp();
  world.config = options({ 'vxlan-id': 100 });
  await world.hook('config-changed');
  expect(world.status).toBe('maintenance: the overlay has changed: the pod is replaced');
  expect(world.published).toMatchObject({ vxlan_id: 100 });
  world.replacePod();
  await world.hook('start');
  expect(world.status).toBe('active: VPN connected (185.213.154.66), 1 client');
});

test('a closed pod waits for Pebble', async () => {
  await world.hook('config-changed');
  world.replacePod();
  await world.pebble.stop();
  await world.hook('start');
  expect(world.status).toBe('waiting: waiting for Pebble in container gluetun');
});

test('the only unit waits to become the leader', async () => {
  world.leader = false;
  await world.hook('config-changed');
  expect(world.status).toBe('waiting: waiting to become the leader');
  expect(world.kube.applied).toEqual([]);
});
