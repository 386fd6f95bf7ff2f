import { editIni, type MediaApp, newPassword, readIni, type SettingsRequest } from '@charm-ts/media-charm';
import { passwordHash } from './password-hash.js';

const webPort = 8080;
const overlay = 'vxlan0';
const settingsFile = '/config/qBittorrent/qBittorrent.conf';

/** The interface that torrents use: the overlay, or without a VPN whatever the user has chosen. */
const boundInterface = (text: string, path: SettingsRequest['path']): Readonly<Record<string, string>> => {
  const name = path?.interface;
  if (name !== undefined) return { 'Session\\Interface': name, 'Session\\InterfaceName': name };
  const isOurs = readIni(text, 'BitTorrent', 'Session\\Interface') === overlay;
  return isOurs ? { 'Session\\Interface': '', 'Session\\InterfaceName': '' } : {};
};

const forwardedPort = (path: SettingsRequest['path']): Readonly<Record<string, string>> =>
  path?.forwardedPort === undefined ? {} : { 'Session\\Port': String(path.forwardedPort) };

/** `qBittorrent.conf` with our login and the VPN's interface and port; qBittorrent adds its own defaults. */
export const qbittorrentSettings = (text: string, { credentials, mediaFolder, path }: SettingsRequest): string => {
  const { username = '', 'password-hash': hash = '' } = credentials;
  const edits = [
    // It asks on the terminal for consent to its notice and waits for ever.
    { section: 'LegalNotice', set: { Accepted: 'true' } },
    {
      section: 'BitTorrent',
      set: { ...boundInterface(text, path), ...forwardedPort(path) },
      default: mediaFolder === undefined ? {} : { 'Session\\DefaultSavePath': `${mediaFolder}/torrents` },
    },
    // A router behind the VPN has no port to give: the gateway forwards one or nobody does.
    { section: 'Network', set: { PortForwardingEnabled: 'false' } },
    {
      section: 'Preferences',
      set: { 'WebUI\\Username': username, 'WebUI\\Password_PBKDF2': `"${hash}"` },
      default: { 'WebUI\\Address': '*', 'WebUI\\ServerDomains': '*' },
    },
  ];
  return edits.reduce(editIni, text);
};

export const qbittorrent: MediaApp = {
  name: 'qbittorrent',
  title: 'qBittorrent',
  webPort,
  page: '/',
  // The image has it in /app, images before July 2026 and distributions on the PATH.
  command: `"$(command -v /app/qbittorrent-nox || command -v qbittorrent-nox)" --webui-port=${webPort}`,
  environment: { XDG_CONFIG_HOME: '/config', XDG_DATA_HOME: '/config' },
  settingsFile,
  vpn: { wantsForwardedPort: true },
  newCredentials: () => {
    const password = newPassword();
    return { username: 'admin', password, 'password-hash': passwordHash(password) };
  },
  settings: qbittorrentSettings,
};
