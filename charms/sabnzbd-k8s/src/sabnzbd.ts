import { editIni, type MediaApp, newApiKey, newPassword, readIni, type SettingsRequest } from '@charm-ts/media-charm';

const webPort = 8080;
const section = 'misc';
/** SABnzbd reads the version of its own format from the first line. */
const emptyFile = '__version__ = 19\n__encoding__ = utf-8\n[misc]\n';

/** SABnzbd refuses a request with a name in `Host` that is not in this list; a list of one has a comma too. */
const whitelist = (text: string, names: readonly string[]): string => {
  const present = (readIni(text, section, 'host_whitelist') ?? '').split(',').map((name) => name.trim());
  return `${[...new Set([...present, ...names])].filter((name) => !['', '""'].includes(name)).join(', ')},`;
};

const folders = (mediaFolder: string | undefined): Readonly<Record<string, string>> =>
  mediaFolder === undefined
    ? {}
    : {
        download_dir: `${mediaFolder}/usenet/incomplete`,
        complete_dir: `${mediaFolder}/usenet/complete`,
      };

/** `sabnzbd.ini` with our key, login and host names; SABnzbd adds all that is missing with its own defaults. */
export const sabnzbdSettings = (text: string, { credentials, names, mediaFolder }: SettingsRequest): string => {
  const { 'api-key': apiKey = '', username = '', password = '' } = credentials;
  const file = text === '' ? emptyFile : text;
  return editIni(file, {
    section,
    separator: ' = ',
    set: { api_key: apiKey, username, password, host_whitelist: whitelist(file, names) },
    default: { host: '0.0.0.0', port: String(webPort), ...folders(mediaFolder) },
  });
};

export const sabnzbd: MediaApp = {
  name: 'sabnzbd',
  title: 'SABnzbd',
  webPort,
  page: '/api?mode=version',
  command: `/lsiopy/bin/python3 /app/sabnzbd/SABnzbd.py --config-file /config --server 0.0.0.0:${webPort} --browser 0`,
  environment: { PYTHONIOENCODING: 'UTF-8' },
  settingsFile: '/config/sabnzbd.ini',
  newCredentials: () => ({ 'api-key': newApiKey(), username: 'admin', password: newPassword() }),
  settings: sabnzbdSettings,
};
