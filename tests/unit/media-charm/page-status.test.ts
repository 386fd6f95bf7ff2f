import { expect, test } from '@jest/globals';
import { pageStatus } from '../../../lib/media-charm/src/workload/page-status.js';

const app = { name: 'sabnzbd', title: 'SABnzbd' };
const ends =
  'blocked: SABnzbd does not run: it ends by itself; see: juju ssh --container sabnzbd sabnzbd/0 /charm/bin/pebble logs sabnzbd';

test.each([
  ['active', 'down', 'waiting: SABnzbd: its page does not answer'],
  ['active', 'up', undefined],
  ['backoff', 'up', ends],
  ['backoff', 'down', ends],
  ['error', 'up', ends],
  ['inactive', 'down', undefined],
])('a service that is %s with a page that is %s: %s', (current, status, message) => {
  const services = [{ name: 'sabnzbd', startup: 'enabled', current }];
  const check = { name: 'web', startup: 'enabled', status, failures: 3, threshold: 3 };
  const shown = pageStatus(app, 'sabnzbd/0', services, check);
  expect(shown && `${shown.name}: ${shown.message}`).toBe(message);
});

test('a layer that is not there yet has no check', () => {
  expect(pageStatus(app, 'sabnzbd/0', [], undefined)).toBeUndefined();
});
