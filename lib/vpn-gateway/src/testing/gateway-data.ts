import type { ProviderData } from '../contract/provider-schema.js';
import { encodeProviderData } from '../contract/write-databag.js';

/** What a connected gateway tells its clients, changed where a test needs it. Without a tunnel it has no address. */
export const providerData = (changes: Partial<ProviderData> = {}): ProviderData => ({
  routing_method: 'pod-gateway',
  gateway_dns_name: 'gluetun-endpoints.media.svc.cluster.local',
  vxlan_id: 42,
  vxlan_port: 4790,
  vxlan_ip_network: '172.16.0',
  cluster_cidrs: '10.1.0.0/16,10.152.183.0/24',
  cluster_dns_ip: '10.152.183.10',
  vpn_connected: true,
  external_ip: changes.vpn_connected === false ? null : '185.213.154.66',
  instance_name: 'gluetun',
  ...changes,
});

/**
 * The databag of a connected gateway, for tests of its clients.
 *
 * @throws ContractError for data that no gateway would write.
 * @example
 * const vpn = relation('vpn-gateway', { remoteApp: 'gluetun', remoteAppData: gatewayData({ vpn_connected: false }) });
 */
export const gatewayData = (changes: Partial<ProviderData> = {}): Record<string, string> =>
  encodeProviderData(providerData(changes));
