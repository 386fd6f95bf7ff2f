import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FileSystemError } from '../../../lib/testing/src/pebble/index.js';
import { MediaWorld, settingsFile } from './media-world.js';

// Whatever goes wrong in the container, no hook fails: `MediaWorld.hook` throws when one does.

let world: MediaWorld;

beforeEach(async () => {
  world = new MediaWorld();
  await world.start();
});

afterEach(() => world.stop());

const active = 'active: unsafe-mode: traffic does not use a VPN';
const logs = 'see: juju ssh --container sabnzbd sabnzbd/0 /charm/bin/pebble logs sabnzbd';

describe('an application that ends right after its start', () => {
  beforeEach(async () => {
    const output = 'sh: 1: exec: /command/s6-setuidgid: not found; api_key=0123\n';
    world.exit = { exitCode: 127, output };
    await world.hook('config-changed');
  });

  test('is named in that hook and in later ones, with the command that shows why', async () => {
    expect(world.status).toBe(`blocked: SABnzbd does not run: exited quickly with code 127, will restart; ${logs}`);
    await world.hook('update-status');
    expect(world.status).toBe(`blocked: SABnzbd does not run: it ends by itself; ${logs}`);
  });

  test('says nothing of its own in status and log', () => {
    expect(JSON.stringify(world.calls)).not.toContain('api_key=0123');
  });

  test('is active again when it goes on', async () => {
    world.exit = undefined;
    await world.clock.advance(60_000);
    await world.hook('update-status');
    expect(world.status).toBe(active);
  });
});

describe('settings that cannot be read or written', () => {
  test('a directory in the place of the file', async () => {
    world.pebble.files.makeDirectory(settingsFile, { parents: true });
    await world.hook('config-changed');
    expect(world.status).toBe(`blocked: ${settingsFile}: can only read a regular file; mend or remove it`);
    expect(world.service).toBe('absent');
    world.pebble.files.remove(settingsFile);
    await world.hook('update-status');
    expect(world.status).toBe(active);
  });

  test('a full disk', async () => {
    const { files } = world.pebble;
    const write = files.writeFile.bind(files);
    files.writeFile = (path) => {
      throw new FileSystemError(`write ${path}.285649486~: no space left on device`);
    };
    await world.hook('config-changed');
    expect(world.status).toBe(
      `blocked: ${settingsFile}: no space left on device; mend the storage config or make room in it`,
    );
    expect(world.service).toBe('absent');
    files.writeFile = write;
    await world.hook('update-status');
    expect(world.status).toBe(active);
    expect(world.service).toBe('active');
  });
});
