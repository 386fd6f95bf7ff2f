import type { ProviderData } from '@charm-ts/vpn-gateway';

/** Data of a connected gateway, changed where a test needs it. */
export const gatewayData = (changes: Partial<ProviderData> = {}): ProviderData => ({
  routing_method: 'pod-gateway',
  gateway_dns_name: 'gluetun-endpoints.media.svc.cluster.local',
  vxlan_id: 42,
  vxlan_port: 4790,
  vxlan_ip_network: '172.16.0',
  cluster_cidrs: '10.1.0.0/16,10.152.183.0/24',
  cluster_dns_ip: '10.152.183.10',
  vpn_connected: true,
  external_ip: '185.213.154.66',
  instance_name: 'gluetun',
  ...changes,
});

/** The databag that holds a document. */
export const databag = (document: unknown): Record<string, string> => ({ config: JSON.stringify(document) });
