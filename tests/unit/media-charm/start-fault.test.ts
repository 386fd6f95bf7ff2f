import { describe, expect, test } from '@jest/globals';
import {
  PebbleApiError,
  PebbleChangeError,
  PebbleConnectionError,
  PebblePathError,
  PebbleTimeoutError,
} from '@charm-ts/ops';
import { SettingsFileError } from '@charm-ts/media-charm';
import { startFault } from '../../../lib/media-charm/src/workload/start-fault.js';

const settingsFile = '/config/sabnzbd.ini';
const app = { name: 'sabnzbd', title: 'SABnzbd', settingsFile };

const path = (message: string, kind = 'generic-file-error') => new PebblePathError(message, settingsFile, kind);
const change = (kind: string, log: string) =>
  new PebbleChangeError({
    id: '7',
    kind,
    summary: `${kind} service "sabnzbd"`,
    status: 'Error',
    ready: true,
    err: 'cannot perform the following tasks:',
    tasks: [
      {
        id: '1',
        kind,
        summary: '',
        status: 'Error',
        log: ['T INFO output:\n    key=secret', `T ERROR ${log}`],
        data: {},
      },
    ],
  });
const logs = 'see: juju ssh --container sabnzbd sabnzbd/0 /charm/bin/pebble logs sabnzbd';
const room = 'mend the storage config or make room in it';

// Pebble's own words, as version 1.32 writes them.
describe('what keeps an application from running is a status', () => {
  test.each<[string, unknown, string]>([
    [
      'a damaged file',
      new SettingsFileError('it is no XML'),
      `blocked: ${settingsFile}: it is no XML; mend or remove it`,
    ],
    [
      'a directory where it reads',
      path(`can only read a regular file: "${settingsFile}"`),
      `blocked: ${settingsFile}: can only read a regular file; mend or remove it`,
    ],
    [
      'a directory where it writes',
      path(`rename ${settingsFile}.1665395295~ ${settingsFile}: file exists`),
      `blocked: ${settingsFile}: file exists; mend or remove it`,
    ],
    [
      'a file where a folder should be',
      path('cannot create directory: mkdir /config: not a directory'),
      `blocked: ${settingsFile}: not a directory; mend or remove it`,
    ],
    [
      'a full disk',
      path(`write ${settingsFile}.285649486~: no space left on device`),
      `blocked: ${settingsFile}: no space left on device; ${room}`,
    ],
    [
      'a disk that nobody may write',
      path(`open ${settingsFile}.3828265313~: read-only file system`),
      `blocked: ${settingsFile}: read-only file system; ${room}`,
    ],
    [
      'an application that ends at once',
      change('start', 'service start attempt: exited quickly with code 127, will restart'),
      `blocked: SABnzbd does not run: exited quickly with code 127, will restart; ${logs}`,
    ],
    [
      'an image without a shell',
      change('start', 'cannot start service: exec: "sh": executable file not found in $PATH'),
      `blocked: SABnzbd does not run: cannot start service: exec: "sh": executable file not found in $PATH; ${logs}`,
    ],
    [
      'an application that has not ended yet',
      new PebbleTimeoutError('change 7 did not end within 40000 ms', { change: '7' }),
      'waiting: waiting for SABnzbd to end, then it gets its new settings',
    ],
    [
      'an application that survives SIGKILL',
      change('stop', 'cannot stop service: process still running after SIGTERM and SIGKILL'),
      'waiting: waiting for SABnzbd to end, then it gets its new settings',
    ],
    ['no Pebble', new PebbleConnectionError('ENOENT'), 'waiting: waiting for the container sabnzbd'],
    ['a silent Pebble', new PebbleTimeoutError('silent for 5000 ms'), 'waiting: waiting for the container sabnzbd'],
    [
      'a Pebble that refuses',
      new PebbleApiError('cannot make it\nat all', 500),
      'waiting: waiting for the container sabnzbd: cannot make it',
    ],
  ])('%s', (_what, error, expected) => {
    const status = startFault(error, app, 'sabnzbd/0');
    expect(status && `${status.name}: ${status.message}`).toBe(expected);
  });

  test('but a mistake in the code', () => {
    expect(startFault(new TypeError('x is not a function'), app, 'sabnzbd/0')).toBeUndefined();
  });
});
