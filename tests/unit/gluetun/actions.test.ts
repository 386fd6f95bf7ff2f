import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseServerList, pingTimes } from '../../../src/actions/librespeed.js';
import { runAction } from './action-run.js';
import { GatewayWorld } from './gateway-world.js';
import { options, privateKey } from './options.js';

let world: GatewayWorld;

beforeEach(async () => {
  world = new GatewayWorld();
  await world.start();
});

afterEach(() => world.stop());

const entry = (id: number) => ({
  id,
  name: `City ${id}`,
  server: `//s${id}.example.org/backend`,
  dlURL: 'garbage.php',
  ulURL: 'empty.php',
});
const list = JSON.stringify([entry(1), entry(51), { id: 9, server: '$(reboot)' }]);
const ran: (readonly string[])[] = [];

/** BusyBox in Gluetun's container, with a good connection; `changes` by the first words of a command. */
const busybox =
  (changes: Readonly<Record<string, { exitCode: number; stdout?: string; stderr?: string }>> = {}) =>
  (words: readonly string[]) => {
    ran.push(words);
    const line = words.join(' ');
    const changed = Object.entries(changes).find(([start]) => line.startsWith(start));
    if (changed !== undefined) return changed[1];
    if (line.includes('servers.php')) return { exitCode: 0, stdout: list };
    if (line.startsWith('ping')) return { exitCode: 0, stdout: 'seq=0 time=12.5 ms\nseq=1 time=13.5 ms\n' };
    if (line.includes('--post-file')) return { exitCode: 0, stdout: '40000000\n' };
    return { exitCode: 0, stdout: '125000000\n' };
  };

describe('speedtest', () => {
  beforeEach(async () => {
    ran.length = 0;
    await world.bringUp();
  });

  test('answers with the eight results of the Python charm, and tells how far it is', async () => {
    world.exec = busybox();
    const { results, failure, log } = await runAction(world, 'speedtest', {
      'server-id': 51,
      duration: 10,
      timeout: 5,
    });
    expect(failure).toBeUndefined();
    expect(Object.keys(results).sort()).toEqual(
      'bytes-received bytes-sent download-mbps jitter-ms ping-ms server-name server-url upload-mbps'.split(' '),
    );
    expect(results).toMatchObject({
      'bytes-received': '125000000',
      'bytes-sent': '40000000',
      'ping-ms': '13',
      'jitter-ms': '1',
      'server-name': 'City 51',
      'server-url': 'https://s51.example.org',
    });
    expect(log).toHaveLength(4);
    const download = ran.find((words) => words.includes('https://s51.example.org/backend/garbage.php?ckSize=1000'));
    expect(download?.slice(4, 6)).toEqual(['10', '5']);
    // Time and bytes are bounded in each direction.
    expect(download?.at(-1)).toBe('500000000');
    const upload = ran.find((words) => words.includes('https://s51.example.org/backend/empty.php'));
    expect([...(upload?.slice(4, 6) ?? []), upload?.at(-1)]).toEqual(['10', '5', '500000000']);
  });

  test('26, 27: pushes nothing into the container', async () => {
    world.exec = busybox();
    const before = world.pebble.files.paths();
    await runAction(world, 'speedtest', { 'server-id': 51 });
    expect(world.pebble.files.paths()).toEqual(before);
    expect(ran.map(([program]) => program)).not.toContainEqual(expect.stringContaining('/'));
  });

  test('takes the nearest server when none is named', async () => {
    world.exec = busybox({ 'ping -c 1 -W 2 -I tun0 s1.': { exitCode: 1 } });
    expect((await runAction(world, 'speedtest')).results['server-name']).toBe('City 51');
  });

  test.each<[string, Readonly<Record<string, { exitCode: number; stdout?: string; stderr?: string }>>, RegExp]>([
    ['the list fails', { 'timeout 30 wget': { exitCode: 1, stderr: 'bad address' } }, /failed \(exit 1\): bad address/],
    ['the list takes too long', { 'timeout 30 wget': { exitCode: 143 } }, /timed out after 30s/],
    ['the list takes too long for another timeout', { 'timeout 30 wget': { exitCode: 124 } }, /timed out after 30s/],
    ['the list is not JSON', { 'timeout 30 wget': { exitCode: 0, stdout: '<html>' } }, /is not JSON/],
    ['the list is empty', { 'timeout 30 wget': { exitCode: 0, stdout: '[]' } }, /names no server/],
    ['the list is no list', { 'timeout 30 wget': { exitCode: 0, stdout: '{}' } }, /names no server/],
    ['no server answers', { ping: { exitCode: 1 } }, /give a server-id/],
    ['the measurement fails', { sh: { exitCode: 2, stderr: 'no space' } }, /failed \(exit 2\): no space/],
    ['nothing comes', { sh: { exitCode: 0, stdout: '0\n' } }, /sent nothing through the tunnel/],
  ])('E7: fails when %s', async (_case, changes, message) => {
    world.exec = busybox(changes);
    expect((await runAction(world, 'speedtest')).failure).toMatch(message);
  });

  test.each([
    [{ duration: 0 }, 'duration must be a whole number from 1 to 60'],
    [{ duration: 61 }, 'duration must be a whole number from 1 to 60'],
    [{ timeout: 1000 }, 'timeout must be a whole number from 1 to 120'],
    [{ 'server-id': 'x' }, 'server-id must be a whole number from 0 to 1000000'],
    [{ 'server-id': 4 }, 'there is no server with server-id=4'],
  ])('E7: refuses %j', async (params, message) => {
    world.exec = busybox();
    expect((await runAction(world, 'speedtest', params)).failure).toBe(message);
  });

  test('does nothing while the VPN is not connected', async () => {
    world.vpn = 'down';
    await world.clock.advance(20_000);
    world.exec = busybox();
    expect((await runAction(world, 'speedtest')).failure).toBe('the VPN is not connected: nothing can leave the pod');
    expect(ran).toEqual([]);
  });
});

describe.each(['speedtest', 'reconnect'])('%s needs a gateway that runs', (name) => {
  test('a leader', async () => {
    world.leader = false;
    expect((await runAction(world, name)).failure).toBe('run it on the leader: only that unit runs the VPN');
  });

  test('complete settings', async () => {
    world.config = options({ 'vpn-provider': '' });
    expect((await runAction(world, name)).failure).toBe('the settings are not complete, see: juju status');
  });

  test('a container that answers', async () => {
    await world.pebble.stop();
    expect((await runAction(world, name)).failure).toBe('Pebble in the container gluetun does not answer');
  });
});

describe('reconnect', () => {
  test('makes a new connection and tells the addresses', async () => {
    await world.bringUp();
    const starts = world.starts;
    const { results, failure, log } = await runAction(world, 'reconnect');
    expect(failure).toBeUndefined();
    expect(world.starts).toBe(starts + 1);
    expect(results).toEqual({
      'address-before': '185.213.154.66',
      address: '185.213.154.66',
      server: 'chosen anew',
    });
    expect(log).toHaveLength(2);
  });

  test('says so when there is no new connection', async () => {
    await world.bringUp();
    world.vpn = 'down';
    expect((await runAction(world, 'reconnect', { timeout: 5 })).failure).toMatch(/no new connection after 5s/);
  });
});

describe('show-status', () => {
  test('shows settings without a secret, tunnel, clients and routes', async () => {
    await world.bringUp();
    world.exec = (words) => ({ exitCode: 0, stdout: `answer to ${words.join(' ')}\n` });
    const { results } = await runAction(world, 'show-status');
    expect(results).toMatchObject({
      'tunnel.state': 'connected',
      'tunnel.address': '185.213.154.66',
      clients: 'sabnzbd (relation 7), scripts of this library',
    });
    expect(results['settings']).toContain('VPN_SERVICE_PROVIDER=mullvad');
    expect(results['routes']).toContain('answer to ip -4 rule show');
    expect(JSON.stringify(results)).not.toContain(privateKey);
  });

  test('shows what is missing while the settings are not complete', async () => {
    world.config = options({ 'vpn-provider': '' });
    expect((await runAction(world, 'show-status')).results['settings']).toBe('not complete: set vpn-provider');
  });
});

test('hostile entries of a list never get near a command', () => {
  const hostile = ['//a.example.org/$(reboot)', 'file:///etc', '//a b.example.org', '//-x.example.org/;reboot'];
  const entries = hostile.map((server, id) => ({ ...entry(id), server }));
  const hosts = parseServerList(JSON.stringify([...entries, entry(51)])).map(({ host, downloadUrl }) => [
    host,
    downloadUrl,
  ]);
  for (const [host, url] of hosts) {
    expect(host).toMatch(/^[a-z0-9.-]+$/);
    expect(url).toMatch(/^https:\/\/[!-~]+$/);
  }
  expect(pingTimes('time=1.5 ms, time=2 ms')).toEqual([1.5, 2]);
});
