import { editXml, type MediaApp, newApiKey, type SettingsRequest } from '@charm-ts/media-charm';

const webPort = 9696;

/**
 * `config.xml` with our API key and port. Users are in Prowlarr's database: with this method of authentication it asks the first
 * visitor to make one, and a method that a user has chosen stays.
 */
export const prowlarrSettings = (text: string, { credentials }: SettingsRequest): string =>
  editXml(text, {
    root: 'Config',
    set: { ApiKey: credentials['api-key'] ?? '', Port: String(webPort) },
    default: {
      BindAddress: '*',
      EnableSsl: 'False',
      AuthenticationMethod: 'Forms',
      AuthenticationRequired: 'Enabled',
      // The image is what is updated.
      UpdateMechanism: 'Docker',
    },
  });

export const prowlarr: MediaApp = {
  name: 'prowlarr',
  title: 'Prowlarr',
  webPort,
  page: '/ping',
  command: '/app/prowlarr/bin/Prowlarr -nobrowser -data=/config',
  environment: { XDG_CONFIG_HOME: '/config/xdg', COMPlus_EnableDiagnostics: '0', TMPDIR: '/tmp' },
  workingDir: '/app/prowlarr/bin',
  settingsFile: '/config/config.xml',
  newCredentials: () => ({ 'api-key': newApiKey() }),
  settings: prowlarrSettings,
};
