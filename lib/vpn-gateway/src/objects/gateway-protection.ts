import type { KubeObject } from '@charm-ts/ops';
import type { Prefix } from '../cidr/prefix.js';
import type { ClusterFacts } from '../cluster/cluster-facts.js';
import { podConfigMap, scriptsOf } from './config-map.js';
import { type Endpoint, formatEndpoint } from './endpoint.js';
import { gatewayPolicies } from './gateway-policy.js';
import { gatewayConfigMapName, overlayDigestAnnotation, pebblePorts, podItems } from './names.js';
import { dnsServers } from './network-peers.js';
import { type OverlaySettings, overlayDigest } from './overlay-settings.js';
import { scriptContainer, scriptVolumes } from './pod-containers.js';
import type { Protection } from './protection.js';
import { settingsText } from './settings-text.js';

/** What a gateway's objects are made from. */
export interface GatewaySpec {
  readonly app: string;
  /** The model's namespace. */
  readonly namespace: string;
  /** Container that runs Gluetun. */
  readonly workload: string;
  readonly overlay: OverlaySettings;
  /** Overlay MTU in bytes; absent: the scripts compute it. */
  readonly mtu?: number;
  /** The tunnel's interface. */
  readonly tunnel: string;
  /** The VPN server, when the operator named one; absent: the provider's list decides. */
  readonly endpoint?: Endpoint;
  /** Checked and normalised, see {@link checkClusterCidrs}. */
  readonly clusterCidrs: readonly Prefix[];
  readonly cluster: ClusterFacts;
  /** The clients' pods, which alone may use the overlay's port; absent: every pod may, see {@link clientPods}. */
  readonly clients?: readonly { readonly namespace: string; readonly app: string }[] | undefined;
  /** True while clients with the image's own scripts are related: they ping the gateway's pod address, and a NetworkPolicy can allow a ping only by allowing all ports. */
  readonly legacyClients?: boolean;
  /** The port that the VPN provider forwards, and the pod that it leads to; the gateway's sidecar knows the pod by the name in its lease. */
  readonly forwarded?: { readonly port: number; readonly pod: string };
  /** Image of the containers that are added; absent: {@link podGatewayImage}. */
  readonly image?: string;
}

/**
 * The objects of a gateway, pure.
 *
 * @example
 * ```ts
 * const outcome = await applier.reconcile(gatewayProtection(spec));
 * if (outcome.kind === 'refused') unit.addStatus(outcome.status);
 * ```
 */
export function gatewayProtection(spec: GatewaySpec): Protection {
  const { init, sidecar } = podItems.gateway;
  const scripts = scriptsOf(podItems.gateway);
  const digest = overlayDigest(spec.overlay, scripts);
  return {
    policies: gatewayPolicies(spec),
    configMap: podConfigMap(gatewayConfigMapName(spec.app), spec, gatewaySettings(spec), scripts),
    statefulSet: gatewayStatefulSet(spec, digest),
    overlayDigest: digest,
    containers: { init, sidecar },
  };
}

/** The gateway's settings file. */
export function gatewaySettings(spec: GatewaySpec): string {
  const { overlay, mtu, tunnel, endpoint, clusterCidrs, cluster, forwarded } = spec;
  return settingsText({
    VXLAN_ID: overlay.id,
    VXLAN_PORT: overlay.port,
    VXLAN_NETWORK: overlay.network,
    MTU: mtu,
    CLUSTER_CIDRS: clusterCidrs.map(({ text }) => text),
    API_SERVERS: cluster.apiServers.map(formatEndpoint),
    CONTROLLERS: cluster.controllers.map(formatEndpoint),
    NODES: cluster.nodes,
    PEBBLE_PORTS: `${pebblePorts.first}:${pebblePorts.last}`,
    CLUSTER_DNS: dnsServers(cluster),
    CLUSTER_DOMAIN: cluster.domain,
    TUNNEL: tunnel,
    ENDPOINT: endpoint === undefined ? undefined : formatEndpoint(endpoint),
    FORWARDED_PORT: forwarded?.port,
    FORWARDED_CLIENT: forwarded?.pod,
  });
}

/** Names `gluetun` first and our sidecar after it: an apply puts items in the order of the intent, relative to those it names. */
function gatewayStatefulSet({ app, namespace, workload, image }: GatewaySpec, digest: string): KubeObject {
  const { init, sidecar, volume } = podItems.gateway;
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: app, namespace },
    spec: {
      template: {
        metadata: { annotations: { [overlayDigestAnnotation]: digest } },
        spec: {
          // Only this one is privileged, and it ends: /proc/sys is read-only otherwise, and many networks start pods without forwarding.
          initContainers: [scriptContainer(init, volume, { privileged: true }, image)],
          containers: [
            {
              name: workload,
              securityContext: { capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } },
              // Gluetun rewrites resolv.conf, which all containers of a pod share; this file is its own.
              volumeMounts: [{ name: podItems.state, mountPath: '/etc/resolv.conf', subPath: 'resolv.conf' }],
            },
            scriptContainer(
              sidecar,
              volume,
              { capabilities: { add: ['NET_ADMIN', 'NET_BIND_SERVICE', 'NET_RAW'] } },
              image,
            ),
          ],
          volumes: scriptVolumes(volume, gatewayConfigMapName(app)),
        },
      },
    },
  };
}
