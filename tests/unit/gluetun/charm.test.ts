import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { providerData } from '@charm-ts/vpn-gateway/testing';
import { GatewayWorld } from './gateway-world.js';
import { defaults, options, privateKey } from './options.js';

let world: GatewayWorld;

beforeEach(async () => {
  world = new GatewayWorld();
  await world.start();
});

afterEach(() => world.stop());

const checkEvent = { JUJU_WORKLOAD_NAME: 'gluetun', JUJU_PEBBLE_CHECK_NAME: 'vpn' };
const writesToJuju = () =>
  world.calls.filter(({ tool }) => /^(relation-set|state-set|state-delete|status-set)$/.test(tool));
const writesToPebble = () => world.pebble.requests.filter(({ method }) => method !== 'GET');

describe('a new application', () => {
  test('says what to set, all of it', async () => {
    world.config = defaults;
    await world.hook('config-changed');
    expect(world.status).toBe(
      'blocked: set vpn-provider and wireguard-private-key-secret; set cluster-cidrs: the pod range of this cluster cannot be read (found services 10.152.183.0/24)',
    );
    expect(world.kube.applied).toEqual([]);
  });

  test('C16: says that it is not trusted', async () => {
    world.kube.trusted = false;
    await world.hook('config-changed');
    expect(world.status).toBe('blocked: run: juju trust gluetun --scope=cluster');
    expect(world.service).toBe('absent');
  });

  test('C8: closes the pod first, in one apply of the StatefulSet, the last of all', async () => {
    await world.hook('config-changed');
    expect(world.kube.applied.map(({ kind }) => kind)).toEqual(['NetworkPolicy', 'ConfigMap', 'StatefulSet']);
    expect(world.service).toBe('absent');
    expect(world.status).toBe('maintenance: closing the pod before the VPN starts: it is replaced once');
  });

  test('does not start Gluetun in a pod that is still the old one', async () => {
    await world.hook('config-changed');
    await world.hook('update-status');
    expect(world.service).toBe('absent');
    expect(world.status).toBe('maintenance: closing the pod before the VPN starts: it is replaced once');
  });

  test('starts Gluetun in the closed pod', async () => {
    await world.bringUp();
    expect(world.service).toBe('active');
    expect(world.status).toBe('active: VPN connected (185.213.154.66), 1 client');
  });
});

test('C17: a number that the overlay cannot have blocks, and fails no hook', async () => {
  world.config = options({ 'vxlan-id': 0 });
  await world.hook('config-changed');
  expect(world.status).toMatch(/^blocked: .*vxlan-id/);
});

describe('clients are told', () => {
  test('the gateway and its state', async () => {
    await world.bringUp();
    expect(world.published).toEqual(providerData({ cluster_domain: 'cluster.local', mtu: 1320 }));
  });

  test('at once where the gateway will be, before it runs', async () => {
    world.config = { ...options(), 'vpn-provider': '' };
    await world.hook('config-changed');
    expect(world.published).toMatchObject({ vpn_connected: false, external_ip: null });
  });

  test.each([
    ['an option has become wrong', () => (world.config = options({ 'vpn-type': 'openvpn' }))],
    ['the option with the ranges has become wrong', () => (world.config = options({ 'cluster-cidrs': '0.0.0.0/0' }))],
    ['the secret was taken back', () => (world.secretError = 'permission denied')],
    ['the secret was removed', () => (world.secretError = 'secret "d0erdgfmp25c762i8np0" not found')],
  ])('C11, C13: that the tunnel is gone when %s', async (_case, change) => {
    await world.bringUp();
    change();
    await world.hook('update-status');
    expect(world.service).toBe('inactive');
    expect(world.status).toMatch(/^blocked: /);
    expect(world.published).toMatchObject({ vpn_connected: false, external_ip: null, vxlan_port: 4790 });
    expect(world.pebble.files.read('/run/secrets/wireguard_private_key')).toBeUndefined();
  });
});

describe('the private key', () => {
  test('is in one file for root and nowhere else', async () => {
    await world.bringUp();
    expect(world.pebble.files.read('/run/secrets/wireguard_private_key')).toBe(privateKey);
    expect(JSON.stringify(world.calls)).not.toContain(privateKey);
    expect(JSON.stringify(world.pebble.plan)).not.toContain(privateKey);
    expect(JSON.stringify(world.kube.applied)).not.toContain(privateKey);
    expect(JSON.stringify(world.databag)).not.toContain(privateKey);
  });
});

describe('a hook in which nothing changed', () => {
  test('C7: writes nothing', async () => {
    await world.bringUp();
    await world.hook('update-status');
    const before = { juju: writesToJuju().length, pebble: writesToPebble().length, kube: world.kube.applied.length };
    await world.hook('update-status');
    await world.hook('config-changed');
    expect({ juju: writesToJuju().length, pebble: writesToPebble().length, kube: world.kube.applied.length }).toEqual(
      before,
    );
  });
});

describe('a tunnel that is lost', () => {
  test('C18: costs no hook a wait', async () => {
    await world.bringUp();
    world.vpn = 'down';
    await world.clock.advance(60_000);
    const before = world.clock.now().getTime();
    await world.hook('update-status');
    expect(world.status).toMatch(/^waiting: VPN lost/);
    expect(world.clock.now().getTime()).toBe(before);
  });

  test('C12: shows since when, until it is back', async () => {
    await world.bringUp();
    world.vpn = 'down';
    await world.clock.advance(60_000);
    await world.hook('gluetun-pebble-check-failed', checkEvent);
    const since = world.clock.now().toISOString().slice(11, 16);
    expect(world.status).toBe(`waiting: VPN lost at ${since} UTC, reconnecting; clients are blocked`);
    expect(world.published).toMatchObject({ vpn_connected: false, external_ip: null });
    await world.clock.advance(300_000);
    await world.hook('update-status');
    expect(world.status).toContain(`VPN lost at ${since} UTC`);
    world.vpn = 'up';
    await world.clock.advance(60_000);
    await world.hook('gluetun-pebble-check-recovered', checkEvent);
    expect(world.status).toBe('active: VPN connected (185.213.154.66), 1 client');
  });
});

describe('a unit that does not lead', () => {
  test('C9, C10: stops Gluetun and says why', async () => {
    await world.bringUp();
    world.leader = false;
    world.plannedUnits = 2;
    await world.hook('leader-settings-changed');
    expect(world.service).toBe('inactive');
    expect(world.status).toBe('blocked: one unit runs the VPN, run: juju scale-application gluetun 1');
  });
});

describe('changed settings', () => {
  test('restart Gluetun, the same settings do not', async () => {
    await world.bringUp();
    const digest = () => JSON.stringify(world.pebble.plan);
    const before = digest();
    world.config = options({ 'server-countries': 'Sweden' });
    await world.hook('config-changed');
    expect(digest()).not.toBe(before);
    expect(world.pebble.files.read('/gluetun/server_countries')).toBe('Sweden');
    world.config = options();
    await world.hook('config-changed');
    expect(digest()).toBe(before);
    expect(world.pebble.files.read('/gluetun/server_countries')).toBeUndefined();
  });
});

describe('the last unit', () => {
  test('C19: takes the objects down with it', async () => {
    await world.bringUp();
    world.plannedUnits = 0;
    await world.hook('remove');
    expect([...world.kube.objects.keys()].filter((key) => /NetworkPolicy|ConfigMap/.test(key))).toEqual([]);
  });

  test('leaves them when the pod is only replaced', async () => {
    await world.bringUp();
    await world.hook('stop');
    expect(world.kube.objects.has('NetworkPolicy/media/gluetun-vpn-gateway')).toBe(true);
  });
});

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

test.each<[string, string, string]>([
  [
    'Service/kube-system/kube-dns',
    'no name service',
    'blocked: this cluster has no DNS service (kube-dns or coredns in kube-system)',
  ],
  ['StatefulSet/media/gluetun', 'no StatefulSet', 'waiting: Kubernetes has no StatefulSet gluetun yet'],
])('without %s: %s', async (object, _what, status) => {
  world.kube.objects.delete(object);
  await world.hook('config-changed');
  expect(world.status).toBe(status);
  expect(world.service).toBe('absent');
});

test("a pod in the node's network is left alone", async () => {
  world.kube.put({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'gluetun' },
    spec: { template: { spec: { hostNetwork: true } } },
  });
  await world.hook('config-changed');
  expect(world.status).toBe(
    'blocked: the pod uses the host network: VPN routing would change the node; remove hostNetwork',
  );
  expect(world.service).toBe('absent');
});

describe('what the servers of Gluetun tell', () => {
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

  test.each([
    ['dialing: i/o timeout\nsecond line', 'dialing: i/o timeout'],
    ['small periodic check: all check tries failed:\n\tattempt 1', 'small periodic check: all check tries failed'],
  ])('the reason of a loss is in the status, one line of it: %j', async (body, reason) => {
    await world.bringUp();
    await world.answer(9999, { status: 500, body });
    world.vpn = 'down';
    await world.clock.advance(20_000);
    await world.hook('update-status');
    expect(world.status).toMatch(/^waiting: VPN lost at .*, reconnecting/);
    expect(world.status).toContain(` (${reason}), reconnecting`);
  });
});
