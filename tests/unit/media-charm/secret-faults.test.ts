import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MediaWorld, settingsFile } from './media-world.js';

// Whatever Juju answers about the secret, no hook fails: `MediaWorld.hook` throws when one does.

let world: MediaWorld;

beforeEach(async () => {
  world = new MediaWorld();
  await world.start();
});

afterEach(() => world.stop());

const active = 'active: unsafe-mode: traffic does not use a VPN';
const noBackend = 'cannot access backend vault: connection refused';
const waitsForJuju =
  'waiting: waiting for Juju to give the credentials (secret backend away?), see: juju debug-log --include sabnzbd/0';

describe('a secret backend that is away', () => {
  test('leaves a running application alone, and the status says what is waited for', async () => {
    await world.hook('config-changed');
    const before = world.pebble.files.read(settingsFile);
    const asked = world.pebble.requests.length;
    world.errors.set('secret-get', noBackend);
    await world.hook('update-status');
    expect(world.status).toBe(waitsForJuju);
    expect(world.service).toBe('active');
    expect(world.pebble.files.read(settingsFile)).toBe(before);
    expect(world.pebble.requests.slice(asked).filter(({ method }) => method !== 'GET')).toEqual([]);
    world.errors.clear();
    await world.hook('update-status');
    expect(world.status).toBe(active);
  });

  test.each(['secret-get', 'secret-add'])('starts nothing without credentials (%s)', async (tool) => {
    world.errors.set(tool, noBackend);
    await world.hook('config-changed');
    expect(world.status).toBe(waitsForJuju);
    expect(world.service).toBe('absent');
    world.errors.clear();
    await world.hook('update-status');
    expect(world.status).toBe(active);
  });

  test('keeps the credentials when it is time for new ones', async () => {
    await world.hook('config-changed');
    const before = world.secret;
    world.errors.set('secret-get', noBackend);
    await world.secretHook('secret-rotate');
    expect(world.status).toBe(waitsForJuju);
    expect(world.secret).toEqual(before);
    world.errors.clear();
    await world.secretHook('secret-rotate');
    expect(world.secret).not.toEqual(before);
    expect(world.status).toBe(active);
  });
});

describe('a revision that nobody reads any more', () => {
  beforeEach(async () => {
    await world.hook('config-changed');
    world.tools();
  });

  test('is removed by the leader, also when Juju does not tell the label', async () => {
    await world.secretHook('secret-remove');
    await world.secretHook('secret-remove', { JUJU_SECRET_LABEL: '' });
    expect(world.tools().filter((tool) => tool === 'secret-remove')).toHaveLength(2);
  });

  test('is not for another unit to remove', async () => {
    world.leader = false;
    await world.secretHook('secret-remove');
    expect(world.tools()).not.toContain('secret-remove');
  });

  test('of another secret is not ours', async () => {
    await world.secretHook('secret-remove', { JUJU_SECRET_LABEL: 'other' });
    expect(world.tools()).not.toContain('secret-remove');
  });

  test.each([
    'secret "d0erdgfmp25c762i8np0" not found',
    'cannot remove secrets: this unit is not the leader',
    noBackend,
  ])('may stay: %s', async (error) => {
    world.errors.set('secret-remove', error);
    await world.secretHook('secret-remove');
    expect(world.tools()).toContain('secret-remove');
  });
});
