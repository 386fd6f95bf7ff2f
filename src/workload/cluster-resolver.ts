import type { SettingsFile } from './settings-files.js';

export const clusterResolverFile = '/gluetun/cluster-resolv.conf';

/** The cluster's name service as the pod started with it, for the time before Gluetun's own resolver runs. */
export const clusterResolver = (dns: string, domain: string, namespace: string): SettingsFile => ({
  path: clusterResolverFile,
  content: `search ${namespace}.svc.${domain} svc.${domain} ${domain}\nnameserver ${dns}\noptions ndots:5\n`,
});
