import type { ConfigOf, Layer } from '@charm-ts/ops';
import type { metadata } from './generated/metadata.js';

export const sabnzbd = 'sabnzbd';
export const webPort = 8080;
export const configFolder = '/config';

/**
 * LinuxServer's own init insists on being process 1, which is Pebble here, so SABnzbd is started directly and this does
 * what that init would: the volume comes as root's and has to be the user's.
 */
const command = (user: string): string => {
  const steps = [
    'umask 002',
    `if [ "$(stat -c %u:%g ${configFolder})" != ${user} ]; then chown -R ${user} ${configFolder}; fi`,
    `exec /command/s6-setuidgid ${user} /lsiopy/bin/python3 /app/sabnzbd/SABnzbd.py --config-file ${configFolder} --server 0.0.0.0:${webPort} --browser 0`,
  ];
  return `sh -c '${steps.join('; ')}'`;
};

/** SABnzbd, its web page on all addresses of the pod, and a check that the page answers. */
export const sabnzbdLayer = (options: ConfigOf<typeof metadata>): Layer => ({
  label: sabnzbd,
  summary: 'SABnzbd',
  services: {
    [sabnzbd]: {
      override: 'replace',
      summary: 'SABnzbd',
      command: command(`${options.puid}:${options.pgid}`),
      startup: 'enabled',
      environment: { HOME: configFolder, PYTHONIOENCODING: 'UTF-8', TZ: options.timezone },
      // It finishes writing its queue before it ends.
      'kill-delay': '30s',
    },
  },
  checks: {
    web: {
      override: 'replace',
      startup: 'enabled',
      period: '10s',
      timeout: '5s',
      threshold: 3,
      http: { url: `http://127.0.0.1:${webPort}/api?mode=version` },
    },
  },
});
