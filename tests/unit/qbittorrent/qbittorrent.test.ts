import { describe, expect, test } from '@jest/globals';
import { readIni } from '@charm-ts/media-charm';
import { passwordHash } from '../../../charms/qbittorrent-k8s/src/password-hash.js';
import { qbittorrentSettings } from '../../../charms/qbittorrent-k8s/src/qbittorrent.js';
import { request } from '../media-charm/request.js';

const hash = '@ByteArray(c2FsdA==:a2V5)';
const credentials = { username: 'admin', password: 'p', 'password-hash': hash };
const vpn = request({ credentials, path: { interface: 'vxlan0' } });
const forwarded = request({ credentials, path: { interface: 'vxlan0', forwardedPort: 51413 } });

/** As qBittorrent leaves it, with what a user has set. */
const used = [
  '[BitTorrent]',
  'Session\\DefaultSavePath=/config/mine',
  'Session\\Port=6999',
  'Session\\QueueingSystemEnabled=false',
  '',
  '[Preferences]',
  'General\\Locale=de',
  'WebUI\\Password_PBKDF2="@ByteArray(b2xk:b2xk)"',
  'WebUI\\Username=someone',
  '',
  '[RSS]',
  'AutoDownloader\\SmartEpisodeFilter=s(\\\\d+)e(\\\\d+), "(\\\\d+)x(\\\\d+)"',
  '',
].join('\n');

describe('qBittorrent.conf', () => {
  test('of a new installation has the login, accepts the notice and uses the overlay', () => {
    const text = qbittorrentSettings('', vpn);
    expect(text).toContain('[LegalNotice]\nAccepted=true\n');
    expect(text).toContain('[BitTorrent]\nSession\\Interface=vxlan0\nSession\\InterfaceName=vxlan0\n');
    expect(text).toContain(`WebUI\\Username=admin\nWebUI\\Password_PBKDF2="${hash}"\n`);
    expect(text).toContain('[Network]\nPortForwardingEnabled=false\n');
    expect(qbittorrentSettings(text, vpn)).toBe(text);
  });

  test('of a user keeps everything but login and interface', () => {
    const lines = qbittorrentSettings(used, vpn).split('\n');
    const changed = used.split('\n').filter((line) => !lines.includes(line));
    expect(changed).toEqual(['WebUI\\Password_PBKDF2="@ByteArray(b2xk:b2xk)"', 'WebUI\\Username=someone']);
    expect(lines).toContain('Session\\Port=6999');
  });

  test('listens on the forwarded port, and stays on its last one when the gateway has none any more', () => {
    const text = qbittorrentSettings(used, forwarded);
    expect(readIni(text, 'BitTorrent', 'Session\\Port')).toBe('51413');
    expect(qbittorrentSettings(text, vpn)).toBe(text);
  });

  test('lets go of the overlay without a VPN, and leaves an interface that the user has chosen', () => {
    const unsafe = request({ credentials });
    const bound = qbittorrentSettings(used, vpn);
    expect(readIni(qbittorrentSettings(bound, unsafe), 'BitTorrent', 'Session\\Interface')).toBe('');
    const chosen = bound.replace('Session\\Interface=vxlan0', 'Session\\Interface=wg1');
    expect(readIni(qbittorrentSettings(chosen, unsafe), 'BitTorrent', 'Session\\Interface')).toBe('wg1');
  });

  test('saves into the media storage when the user has chosen no folder', () => {
    const media = request({ credentials, mediaFolder: '/media' });
    expect(readIni(qbittorrentSettings('', media), 'BitTorrent', 'Session\\DefaultSavePath')).toBe('/media/torrents');
    expect(readIni(qbittorrentSettings(used, media), 'BitTorrent', 'Session\\DefaultSavePath')).toBe('/config/mine');
  });
});

// Made by Python's hashlib.pbkdf2_hmac('sha512', b'adminadmin', bytes(range(16)), 100000, 64).
test('a password has the form that qBittorrent reads', () => {
  expect(
    passwordHash(
      'adminadmin',
      Uint8Array.from({ length: 16 }, (_, index) => index),
    ),
  ).toBe(
    '@ByteArray(AAECAwQFBgcICQoLDA0ODw==:UC4grCR8uxnR4Gzyoule02IP9X8mRb7SaEfCylvs19kyzc76Vdb/0xQlSKu43sz2Dl4vz2SIZymUO3PvTxIfVQ==)',
  );
});
