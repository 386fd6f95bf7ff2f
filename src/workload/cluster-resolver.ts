import type { SettingsFile } from './settings-files.js';

export const clusterResolverFile = '/gluetun/cluster-resolv.conf';

/**
 * What Gluetun finds as `/etc/resolv.conf`, without a server: to a private one it would send every question of a client for a name in `.lan`, `.home` and the
 * like, and the cluster's sends those on to the node's. Gluetun itself asks for no name before its own resolver runs.
 */
export const clusterResolver = (domain: string, namespace: string): SettingsFile => ({
  path: clusterResolverFile,
  content: `search ${namespace}.svc.${domain} svc.${domain} ${domain}\noptions ndots:5\n`,
});
