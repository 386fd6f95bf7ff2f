import { expect, test } from '@jest/globals';
import { pageStatus } from '../../../lib/media-charm/src/workload/page-status.js';

test.each([
  ['active', 'down', 'SABnzbd: its page does not answer'],
  ['backoff', 'down', 'SABnzbd: its page does not answer'],
  ['active', 'up', undefined],
  ['inactive', 'down', undefined],
])('a service that is %s with a page that is %s: %s', (current, status, message) => {
  const services = [{ name: 'sabnzbd', startup: 'enabled', current }];
  const check = { name: 'web', startup: 'enabled', status, failures: 3, threshold: 3 };
  expect(pageStatus({ name: 'sabnzbd', title: 'SABnzbd' }, services, check)?.message).toBe(message);
});

test('a layer that is not there yet has no check', () => {
  expect(pageStatus({ name: 'sabnzbd', title: 'SABnzbd' }, [], undefined)).toBeUndefined();
});
