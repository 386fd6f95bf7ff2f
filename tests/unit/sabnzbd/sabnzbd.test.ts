import { describe, expect, test } from '@jest/globals';
import { sabnzbd, sabnzbdSettings } from '../../../charms/sabnzbd-k8s/src/sabnzbd.js';
import { request } from '../media-charm/request.js';

const credentials = { 'api-key': 'a1b2', username: 'admin', password: 'p-w' };
const ours = request({ credentials });

/** As SABnzbd leaves it: its own defaults, and what a user has set. */
const used = [
  '__version__ = 19',
  '__encoding__ = utf-8',
  '[misc]',
  'host = 0.0.0.0',
  'port = 8080',
  'api_key = theirs',
  'nzb_key = keep-me',
  'download_dir = /config/elsewhere',
  'host_whitelist = sabnzbd-0, my.home.example,',
  'username = ""',
  'password = ""',
  '[servers]',
  '[[news.example.com]]',
  'username = reader',
  'password = paid-for',
  '',
].join('\n');

describe('sabnzbd.ini', () => {
  test('of a new installation has key, login and the names of the cluster', () => {
    expect(sabnzbdSettings('', ours).split('\n')).toEqual([
      '__version__ = 19',
      '__encoding__ = utf-8',
      '[misc]',
      'host = 0.0.0.0',
      'port = 8080',
      'api_key = a1b2',
      'username = admin',
      'password = p-w',
      'host_whitelist = app, app.media, app.media.svc, app.media.svc.cluster.local,',
      '',
    ]);
  });

  test('of a user keeps everything but key and login, and gets the names beside the user’s', () => {
    const text = sabnzbdSettings(used, ours);
    expect(text).toBe(
      used
        .replace('api_key = theirs', 'api_key = a1b2')
        .replace('username = ""', 'username = admin')
        .replace('password = ""', 'password = p-w')
        .replace('my.home.example,', 'my.home.example, app, app.media, app.media.svc, app.media.svc.cluster.local,'),
    );
    expect(sabnzbdSettings(text, ours)).toBe(text);
  });

  test('puts downloads into the media storage, unless a user has chosen another folder', () => {
    const text = sabnzbdSettings(used, { ...ours, mediaFolder: '/media' });
    expect(text).toContain('download_dir = /config/elsewhere\n');
    expect(text).toContain('complete_dir = /media/usenet/complete\n');
  });
});

test('credentials are never the same twice', () => {
  const [first, second] = [sabnzbd.newCredentials(), sabnzbd.newCredentials()];
  expect(first['api-key']).toMatch(/^[0-9a-f]{32}$/);
  expect(first['password']).toMatch(/^[\w-]{24}$/);
  expect(first).not.toEqual(second);
});
