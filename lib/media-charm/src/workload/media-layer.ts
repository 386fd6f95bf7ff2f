import type { Layer } from '@charm-ts/ops';
import { configFolder, type MediaApp, mediaFolder } from '../media-app.js';
import type { MediaOptions } from '../media-metadata.js';

/** Name of the health check of the application's page. */
export const webCheck = 'web';

/**
 * LinuxServer's own init insists on being process 1, which is Pebble here, so the program is started directly and this does what
 * that init would: volumes come as root's and have to be the user's.
 */
const command = (app: MediaApp, user: string, hasMedia: boolean): string => {
  const own = (folder: string, how: string): string =>
    `if [ "$(stat -c %u:%g ${folder})" != ${user} ]; then chown ${how}${user} ${folder}; fi`;
  const steps = [
    'umask 002',
    own(configFolder, '-R '),
    // What is in a library may be anybody's, and too much to walk through.
    ...(hasMedia ? [own(mediaFolder, '')] : []),
    `exec /command/s6-setuidgid ${user} ${app.command}`,
  ];
  return `sh -c '${steps.join('; ')}'`;
};

/** The application as a service of Pebble, and a check that its page answers. The check has no level: the kubelet stays out of it. */
export const mediaLayer = (app: MediaApp, options: MediaOptions, hasMedia: boolean): Layer => ({
  label: app.name,
  summary: app.title,
  services: {
    [app.name]: {
      override: 'replace',
      summary: app.title,
      command: command(app, `${options.puid}:${options.pgid}`, hasMedia),
      startup: 'enabled',
      environment: { HOME: configFolder, TZ: options.timezone, ...app.environment },
      ...(app.workingDir === undefined ? {} : { 'working-dir': app.workingDir }),
      // It writes its settings and its queue before it ends.
      'kill-delay': '30s',
    },
  },
  checks: {
    [webCheck]: {
      override: 'replace',
      startup: 'enabled',
      period: '10s',
      timeout: '5s',
      threshold: 3,
      http: { url: `http://127.0.0.1:${app.webPort}${app.page}` },
    },
  },
});
