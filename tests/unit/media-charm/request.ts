import type { SettingsRequest } from '@charm-ts/media-charm';

/** What a settings file is asked for: no storage, no VPN unless said. */
export const request = (given: Partial<SettingsRequest>): SettingsRequest => ({
  credentials: {},
  names: ['app', 'app.media', 'app.media.svc', 'app.media.svc.cluster.local'],
  mediaFolder: undefined,
  path: undefined,
  ...given,
});
