import type { KubeObject } from '@charm-ts/ops';
import { splitCidrs } from '../cidr/cluster-cidrs.js';
import type { ClusterFacts } from '../cluster/cluster-facts.js';
import type { ProviderData } from '../contract/provider-schema.js';
import { type ExtraPeer, formatRangePeer } from '../peers/extra-peers.js';
import { clientPolicies } from './client-policy.js';
import { podConfigMap, scriptsOf } from './config-map.js';
import { clientConfigMapName, podItems, resolverPort, verdictPort } from './names.js';
import { type OverlaySettings, overlayDigest } from './overlay-settings.js';
import { scriptContainer, scriptVolumes } from './pod-containers.js';
import { podIntent } from './pod-intent.js';
import { podSettings } from './pod-settings.js';
import type { Protection } from './protection.js';
import { settingsText } from './settings-text.js';

/** What a client's objects are made from. */
export interface ClientSpec {
  readonly app: string;
  /** The model's namespace. */
  readonly namespace: string;
  readonly gateway: ProviderData;
  readonly cluster: ClusterFacts;
  /** Ports of the application that callers in the cluster reach. */
  readonly webPorts: readonly number[];
  /** Whom the application reaches beside the tunnel, besides the cluster; see {@link parseExtraPeers}. */
  readonly extraPeers?: readonly ExtraPeer[];
}

/** The objects of a client, pure. */
export function clientProtection(spec: ClientSpec): Protection {
  const { init, sidecar } = podItems.client;
  const scripts = scriptsOf(podItems.client);
  const digest = overlayDigest(overlayOf(spec.gateway), scripts);
  return {
    policies: clientPolicies(spec),
    configMap: podConfigMap(clientConfigMapName(spec.app), spec, clientSettings(spec), scripts),
    statefulSet: clientStatefulSet(spec, digest),
    overlayDigest: digest,
    containers: { init, sidecar },
  };
}

/**
 * The client's settings file. DNS address and domain are those of the pod's own cluster: names below a domain that a gateway made up would be asked for outside the tunnel.
 */
export function clientSettings({ gateway, cluster, webPorts, extraPeers = [] }: ClientSpec): string {
  return settingsText({
    ...podSettings({
      overlay: overlayOf(gateway),
      mtu: gateway.mtu,
      clusterCidrs: splitCidrs(gateway.cluster_cidrs),
      cluster,
      dnsFallback: gateway.cluster_dns_ip,
    }),
    GATEWAY: gateway.gateway_dns_name,
    VERDICT_PORT: verdictPort,
    RESOLVER_PORT: resolverPort,
    WEB_PORTS: [...webPorts].sort((left, right) => left - right).map(String),
    FORWARDED_PORT: gateway.forwarded_port,
    // Pods of a namespace are in CLUSTER_CIDRS; only the policy can tell them from others.
    EXTRA_PEERS: extraPeers.flatMap((peer) => (peer.kind === 'range' ? [formatRangePeer(peer)] : [])),
  });
}

function overlayOf({ vxlan_id: id, vxlan_port: port, vxlan_ip_network: network }: ProviderData): OverlaySettings {
  return { id, port, network };
}

function clientStatefulSet(spec: ClientSpec, digest: string): KubeObject {
  const { init, sidecar, volume } = podItems.client;
  // An unprivileged dnsmasq has to change its user and group; with the default set it can.
  const adding = (...add: readonly string[]) => ({ capabilities: { add } });
  return podIntent(spec, digest, {
    initContainers: [scriptContainer(init, volume, adding('NET_ADMIN'))],
    containers: [scriptContainer(sidecar, volume, adding('NET_ADMIN', 'NET_RAW'))],
    volumes: scriptVolumes(volume, clientConfigMapName(spec.app)),
  });
}
