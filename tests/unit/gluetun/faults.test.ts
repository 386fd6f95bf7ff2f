import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { GatewayWorld } from './gateway-world.js';
import { options } from './options.js';

let world: GatewayWorld;

beforeEach(async () => {
  world = new GatewayWorld();
  await world.start();
});

afterEach(() => world.stop());

const filesOfCharm = () =>
  world.pebble.files
    .paths()
    .filter((path) => /^\/(gluetun|run\/secrets)\//.test(path) && world.pebble.files.read(path) !== undefined);

describe('what an earlier hook has left half done', () => {
  test('does not keep the next one from stopping Gluetun', async () => {
    await world.bringUp();
    const [gone = ''] = filesOfCharm().filter((path) => path.startsWith('/run/secrets/'));
    world.pebble.files.remove(gone);
    world.secretError = 'secret "d0erdgfmp25c762i8np0" not found';
    await world.hook('config-changed');
    expect(world.service).toBe('inactive');
    expect(filesOfCharm()).toEqual([]);
    expect(world.published).toMatchObject({ vpn_connected: false, external_ip: null });
  });
});

describe('options that nobody expects', () => {
  test.each(['constructor', '__proto__', 'toString'])('"%s" is no word of a list', async (word) => {
    world.config = options({ 'log-level': word, 'dns-upstream': word });
    await world.hook('config-changed');
    expect(world.status).toContain(`log-level: must be debug, info, warning or error (is "${word.toLowerCase()}")`);
    expect(world.status).toContain('dns-upstream: must be plain, dot or doh');
  });

  test.each([
    ['one endless name', 'x'.repeat(20_000)],
    ['thousands of names', Array.from({ length: 3000 }, (_, number) => `nowhere-${number}`).join(',')],
    ['the same name again and again', Array.from({ length: 3000 }, () => 'nowhere').join(',')],
  ])('%s: a status that somebody can read', async (_what, countries) => {
    world.config = options({ 'server-countries': countries });
    await world.hook('config-changed');
    expect(world.status).toMatch(/^blocked: server-countries: "/);
    expect(world.status.length).toBeLessThan(2500);
  });

  test('names that are left out are counted', async () => {
    world.config = options({
      'server-countries': Array.from({ length: 11 }, (_, number) => `nowhere-${number}`).join(),
    });
    await world.hook('config-changed');
    expect(world.status).toMatch(/"nowhere-7"[^;]*; and 3 more$/);
  });
});

describe('a secret backend that is away', () => {
  test('cuts nobody off, and the status says what is waited for', async () => {
    await world.bringUp();
    world.secretError = 'cannot access backend vault: connection refused';
    await world.hook('update-status');
    expect(world.status).toMatch(/^waiting: waiting for Juju to give the secret/);
    expect(world.service).toBe('active');
    expect(world.published).toMatchObject({ vpn_connected: true });
    world.secretError = undefined;
    await world.hook('update-status');
    expect(world.status).toMatch(/^active: /);
  });

  test('before the first start nothing is started', async () => {
    world.secretError = 'cannot access backend vault: connection refused';
    await world.hook('config-changed');
    expect(world.service).toBe('absent');
    expect(world.published).toEqual({});
  });
});

describe('a cluster whose services have public addresses', () => {
  test('is believed about its own DNS', async () => {
    world.kube.put({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'kube-dns', namespace: 'kube-system' },
      spec: { clusterIP: '34.118.224.10', ports: [{ port: 53 }] },
    });
    await world.bringUp();
    expect(world.status).toMatch(/^active: /);
    expect(world.published).toMatchObject({ cluster_dns_ip: '34.118.224.10', vpn_connected: true });
  });
});

describe('the end of the last unit', () => {
  test('the tunnel ends before what protects it goes', async () => {
    await world.bringUp();
    world.plannedUnits = 0;
    await world.hook('vpn-gateway-relation-departed', {
      JUJU_RELATION: 'vpn-gateway',
      JUJU_RELATION_ID: 'vpn-gateway:7',
      JUJU_REMOTE_APP: 'sabnzbd',
      JUJU_REMOTE_UNIT: 'sabnzbd/0',
      JUJU_DEPARTING_UNIT: 'gluetun/0',
    });
    expect(world.published).toMatchObject({ vpn_connected: false, external_ip: null });
    await world.hook('remove');
    expect(world.service).toBe('inactive');
    expect(filesOfCharm()).toEqual([]);
    expect([...world.kube.objects.keys()].filter((key) => key.startsWith('NetworkPolicy/'))).toEqual([]);
  });

  test('a container that does not answer does not keep the objects', async () => {
    await world.bringUp();
    world.plannedUnits = 0;
    await world.pebble.stop();
    await world.hook('remove');
    expect([...world.kube.objects.keys()].filter((key) => key.startsWith('NetworkPolicy/'))).toEqual([]);
    await world.pebble.start();
  });
});

describe('published data of another version', () => {
  test('lose the tunnel that is gone, and keep the rest', async () => {
    const old = {
      routing_method: 'pod-gateway',
      cluster_cidrs: '8.8.0.0/16',
      vpn_connected: true,
      external_ip: '185.213.154.66',
    };
    world.databag = { config: JSON.stringify({ ...old, vxlan_id: 42, forwarded_port: { port: 51_413 } }) };
    world.config = options({ 'cluster-cidrs': '8.8.0.0/16' });
    await world.hook('upgrade-charm');
    expect(world.status).toMatch(/^blocked: cluster-cidrs: /);
    expect(world.published).toEqual({ ...old, vxlan_id: 42, vpn_connected: false, external_ip: null });
  });

  test('that are no document go', async () => {
    world.databag = { config: 'no json' };
    world.config = options({ 'cluster-cidrs': '8.8.0.0/16' });
    await world.hook('upgrade-charm');
    expect(world.databag).toEqual({ config: '' });
  });
});
