import type { Container } from '@charm-ts/ops';
import { configFolder, webPort } from './sabnzbd-layer.js';

const settingsFile = `${configFolder}/sabnzbd.ini`;

/** Names under which other pods reach the page; SABnzbd refuses a request with any other name in `Host`. */
export const clusterNames = (application: string, model: string): readonly string[] => [
  application,
  `${application}.${model}`,
  `${application}.${model}.svc`,
  `${application}.${model}.svc.cluster.local`,
];

/** The settings that SABnzbd must have before its first start; it adds all others with their defaults. */
export const firstSettings = (names: readonly string[]): string =>
  [
    '__version__ = 19',
    '__encoding__ = utf-8',
    '[misc]',
    'host = 0.0.0.0',
    `port = ${webPort}`,
    `host_whitelist = ${names.join(', ')},`,
    '',
  ].join('\n');

/** Writes them where there are none: from then on the file is SABnzbd's and its user's. */
export const writeFirstSettings = async (container: Container, names: readonly string[]): Promise<void> => {
  if (await container.exists(settingsFile)) return;
  await container.push(settingsFile, firstSettings(names), { permissions: 0o600, makeDirs: true });
};
