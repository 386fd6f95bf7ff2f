import type { MediaAppName, MediaModel } from '../integration/media-model.js';
import type { Constraints } from '../integration/orders.js';

/** What an operator does with the gateway and its three clients. */
export type MediaStep =
  | 'deploy gluetun'
  | `deploy ${MediaAppName}`
  | 'add secret'
  | 'set options'
  | 'grant secret'
  | `integrate ${MediaAppName}`;

export const constraints: Constraints<MediaStep> = {
  'deploy gluetun': [],
  'deploy sabnzbd': [],
  'deploy qbittorrent': [],
  'deploy prowlarr': [],
  'add secret': [],
  'set options': ['deploy gluetun', 'add secret'],
  'grant secret': ['deploy gluetun', 'add secret'],
  'integrate sabnzbd': ['deploy gluetun', 'deploy sabnzbd'],
  'integrate qbittorrent': ['deploy gluetun', 'deploy qbittorrent'],
  'integrate prowlarr': ['deploy gluetun', 'deploy prowlarr'],
};

export async function takeStep(model: MediaModel, step: MediaStep): Promise<void> {
  switch (step) {
    case 'deploy gluetun':
      return model.deployGluetun();
    case 'deploy sabnzbd':
      return model.deploy('sabnzbd');
    case 'deploy qbittorrent':
      return model.deploy('qbittorrent');
    case 'deploy prowlarr':
      return model.deploy('prowlarr');
    case 'add secret':
      model.addSecret();
      return;
    case 'set options':
      model.setOptions();
      return;
    case 'grant secret':
      model.grantSecret();
      return;
    case 'integrate sabnzbd':
      model.integrate('sabnzbd');
      return;
    case 'integrate qbittorrent':
      model.integrate('qbittorrent');
      return;
    case 'integrate prowlarr':
      model.integrate('prowlarr');
      return;
    default:
      return step satisfies never;
  }
}
