import type { ClusterFacts } from '../cluster/cluster-facts.js';
import { formatEndpoint } from './endpoint.js';
import { pebblePorts } from './names.js';
import { dnsServers } from './network-peers.js';
import type { OverlaySettings } from './overlay-settings.js';
import type { SettingValue } from './settings-text.js';

/** What the settings of both sides are made from. */
export interface PodSettingsSource {
  readonly overlay: OverlaySettings;
  readonly mtu: number | undefined;
  readonly clusterCidrs: readonly string[];
  readonly cluster: ClusterFacts;
  /** Of name servers, for a cluster whose own could not be read. */
  readonly dnsFallback?: string;
}

/** The settings that gateway and client share. */
export function podSettings(source: PodSettingsSource): Readonly<Record<string, SettingValue>> {
  const { overlay, mtu, clusterCidrs, cluster, dnsFallback } = source;
  return {
    VXLAN_ID: overlay.id,
    VXLAN_PORT: overlay.port,
    VXLAN_NETWORK: overlay.network,
    MTU: mtu,
    CLUSTER_CIDRS: clusterCidrs,
    API_SERVERS: cluster.apiServers.map(formatEndpoint),
    CONTROLLERS: cluster.controllers.map(formatEndpoint),
    NODES: cluster.nodes,
    PEBBLE_PORTS: `${pebblePorts.first}:${pebblePorts.last}`,
    CLUSTER_DNS: dnsServers(cluster, dnsFallback),
    CLUSTER_DOMAIN: cluster.domain,
  };
}
