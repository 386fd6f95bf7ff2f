import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { GatewayWorld } from './gateway-world.js';
import { options, presharedKey, privateKey, publicKey } from './options.js';

let world: GatewayWorld;

beforeEach(async () => {
  world = new GatewayWorld();
  await world.start();
});

afterEach(() => world.stop());

const conf = `[Interface]\nPrivateKey = ${privateKey}\nAddress = 10.9.0.2/32\n[Peer]\nPublicKey = ${publicKey}\nPresharedKey = ${presharedKey}\nEndpoint = 203.0.113.9:51820\n`;
const openVpn = { 'vpn-provider': 'expressvpn', 'custom-overrides': '{"VPN_TYPE": "openvpn"}' } as const;
const notFound = 'secret "d0erdgfmp25c762i8np0" not found';
const filesOfWorld = () => world.pebble.files.paths().filter((path) => /^\/(gluetun|run\/secrets)\//.test(path));
const modes = () =>
  filesOfWorld()
    .flatMap((path) => world.pebble.files.entry(path) ?? [])
    .flatMap(({ kind, mode }) => (kind === 'file' ? [mode] : []));

describe('A17, D6: what is in the secret', () => {
  const cases: readonly (readonly [
    string,
    Record<string, string>,
    Parameters<typeof options>[0],
    readonly string[],
  ])[] = [
    ['both keys', { 'private-key': privateKey, 'preshared-key': presharedKey }, {}, [privateKey, presharedKey]],
    ['wg0-conf', { 'wg0-conf': conf }, { 'vpn-provider': '', 'wireguard-addresses': '' }, [privateKey, presharedKey]],
    [
      'an account',
      { 'openvpn-user': 'hunter-one', 'openvpn-password': 'hunter-two' },
      openVpn,
      ['hunter-one', 'hunter-two'],
    ],
    [
      'an account for ports',
      { 'private-key': privateKey, 'port-forwarding-username': 'hunter-one', 'port-forwarding-password': 'hunter-two' },
      {
        'vpn-provider': 'custom',
        'vpn-endpoint-ip': '203.0.113.9',
        'wireguard-public-key': publicKey,
        'port-forwarding': true,
        'port-forwarding-provider': 'pia',
      },
      ['hunter-one', 'hunter-two', privateKey],
    ],
  ];

  test.each(cases)('%s: in files for root, and nowhere else', async (_case, secret, changes, hidden) => {
    world.secret = secret;
    world.config = options(changes);
    await world.bringUp();
    expect(world.service).toBe('active');
    const texts = filesOfWorld().map((path) => world.pebble.files.read(path) ?? '');
    for (const value of hidden) {
      expect(texts).toContain(value);
      for (const place of [world.calls, world.pebble.plan, world.kube.applied, world.databag, world.status]) {
        expect(JSON.stringify(place)).not.toContain(value);
      }
    }
    expect(modes().length).toBeGreaterThan(10);
    expect(new Set(modes())).toEqual(new Set([0o600]));
  });

  test('keys that the tunnel does not use are written nowhere', async () => {
    world.secret = { 'private-key': privateKey, 'openvpn-user': 'hunter-one', 'openvpn-password': 'hunter-two' };
    await world.bringUp();
    expect(
      filesOfWorld()
        .map((path) => world.pebble.files.read(path))
        .join(),
    ).not.toContain('hunter');
  });
});

describe('a changed secret', () => {
  test('restarts Gluetun once and touches nothing else', async () => {
    await world.bringUp();
    await world.hook('update-status');
    const before = { starts: world.starts, kube: world.kube.applied.length, databag: world.databag };
    world.secret = { 'private-key': presharedKey };
    await world.hook('secret-changed', { JUJU_SECRET_ID: 'secret:d0erdgfmp25c762i8np0', JUJU_SECRET_LABEL: '' });
    expect(world.pebble.files.read('/run/secrets/wireguard_private_key')).toBe(presharedKey);
    expect(world.starts).toBe(before.starts + 1);
    await world.hook('update-status');
    expect(world.starts).toBe(before.starts + 1);
    expect({ kube: world.kube.applied.length, databag: world.databag }).toEqual({
      kube: before.kube,
      databag: before.databag,
    });
  });

  test('that has become wrong stops Gluetun and is not quoted', async () => {
    await world.bringUp();
    world.secret = { 'private-key': `${privateKey}x` };
    await world.hook('secret-changed', { JUJU_SECRET_ID: 'secret:d0erdgfmp25c762i8np0', JUJU_SECRET_LABEL: '' });
    expect(world.service).toBe('inactive');
    expect(world.status).toMatch(/^blocked: wireguard-private-key-secret: private-key /);
    expect(JSON.stringify(world.calls)).not.toContain(privateKey);
    expect(
      filesOfWorld()
        .map((path) => world.pebble.files.read(path))
        .join(),
    ).not.toContain(privateKey);
  });
});

describe('C13: a secret that cannot be read, in the words of both Jujus', () => {
  test.each([
    ['3.6', 'permission denied', 'blocked: run: juju grant-secret secret:d0erdgfmp25c762i8np0 gluetun'],
    [
      '4.x',
      '"unit-gluetun-0" is not allowed to read this secret',
      'blocked: run: juju grant-secret secret:d0erdgfmp25c762i8np0 gluetun',
    ],
    ['both', notFound, 'blocked: wireguard-private-key-secret: there is no such secret, see: juju secrets'],
  ])('Juju %s: %s', async (_version, error, status) => {
    world.secretError = error;
    await world.hook('config-changed');
    expect(world.status).toBe(status);
    expect(world.service).toBe('absent');
  });

  test('is read as soon as it was granted, at the next update-status', async () => {
    world.secretError = 'permission denied';
    await world.hook('config-changed');
    world.secretError = undefined;
    await world.hook('update-status');
    world.replacePod();
    await world.hook('start');
    expect(world.status).toBe('active: VPN connected (185.213.154.66), 1 client');
  });

  test('D7: misses an attribute', async () => {
    world.secret = { 'openvpn-user': 'me' };
    await world.hook('config-changed');
    expect(world.status).toBe(
      'blocked: wireguard-private-key-secret: has no attribute private-key, run: juju update-secret <name> private-key#file=<file>',
    );
  });
});
