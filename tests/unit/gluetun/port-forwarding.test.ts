import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { GatewayWorld } from './gateway-world.js';
import { options } from './options.js';

const portFile = '/tmp/gluetun/forwarded_port';
const newsEvent = { JUJU_WORKLOAD_NAME: 'gluetun', JUJU_PEBBLE_CHECK_NAME: 'news' };
const proton = { 'vpn-provider': 'protonvpn', 'wireguard-addresses': '', 'port-forwarding': true };

let world: GatewayWorld;

beforeEach(async () => {
  world = new GatewayWorld();
  world.config = options(proton);
  world.requirer = { ...world.requirer, forwarded_port: 'wanted' };
  await world.start();
});

afterEach(() => world.stop());

const settings = (): string => {
  const data = world.kube.objects.get('ConfigMap/media/gluetun-gateway-settings')?.['data'] as { settings: string };
  return data.settings
    .split('\n')
    .filter((line) => line.startsWith('FORWARDED'))
    .join(' ');
};

/** Gluetun has obtained a port; the check has seen it. */
const obtain = async (port: string): Promise<void> => {
  world.pebble.files.write(portFile, port);
  await world.clock.advance(5_000);
  expect(world.pebble.checks.find(({ name }) => name === 'news')?.status).toBe('down');
  await world.hook('gluetun-pebble-check-failed', newsEvent);
};

describe('a port that Gluetun has obtained', () => {
  test('is an event, and goes to the rules, the client and the status', async () => {
    await world.bringUp();
    expect(world.published).toMatchObject({ forwarded_port_reason: 'the VPN provider has not given a port yet' });
    expect(world.status).toBe('active: VPN connected (185.213.154.66), 1 client, no forwarded port yet');
    await obtain('51413\n');
    expect(settings()).toBe('FORWARDED_PORT=51413 FORWARDED_CLIENT=sabnzbd-0');
    expect(world.published).toMatchObject({ forwarded_port: 51_413 });
    expect(world.status).toBe('active: VPN connected (185.213.154.66), 1 client, port 51413 for sabnzbd');
  });

  test('may change, and go', async () => {
    await world.bringUp();
    await obtain('51413');
    const starts = world.starts;
    await obtain('51999');
    expect(settings()).toBe('FORWARDED_PORT=51999 FORWARDED_CLIENT=sabnzbd-0');
    expect(world.published).toMatchObject({ forwarded_port: 51_999 });
    await obtain('');
    expect(settings()).toBe('FORWARDED_PORT= FORWARDED_CLIENT=');
    expect(world.published['forwarded_port']).toBeUndefined();
    expect(world.starts).toBe(starts);
  });

  test('is not offered while the tunnel is down', async () => {
    await world.bringUp();
    await obtain('51413');
    world.vpn = 'down';
    await world.clock.advance(20_000);
    await world.hook('gluetun-pebble-check-failed', { ...newsEvent, JUJU_PEBBLE_CHECK_NAME: 'vpn' });
    expect(world.published).toMatchObject({ vpn_connected: false, forwarded_port_reason: 'the VPN is not connected' });
  });

  test.each(['not a port', '0', '70000', '1;reboot'])('counts as none when the file says %j', async (text) => {
    await world.bringUp();
    await obtain(text);
    expect(settings()).toBe('FORWARDED_PORT= FORWARDED_CLIENT=');
  });
});

test('a client that asks a gateway without port forwarding is told what to run', async () => {
  world.config = options();
  await world.bringUp();
  expect(world.published).toMatchObject({
    forwarded_port_reason: 'the gateway asks its provider for no port, run: juju config gluetun port-forwarding=true',
  });
});

test('clients that do not ask hear nothing of it', async () => {
  world.requirer = { instance_name: 'sabnzbd' };
  await world.bringUp();
  await obtain('51413');
  expect(Object.keys(world.published).filter((key) => key.startsWith('forwarded'))).toEqual([]);
  expect(settings()).toBe('FORWARDED_PORT= FORWARDED_CLIENT=');
  expect(world.status).toContain('port 51413 for no client');
});
