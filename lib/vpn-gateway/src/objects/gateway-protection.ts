import type { KubeObject } from '@charm-ts/ops';
import type { Prefix } from '../cidr/prefix.js';
import type { ClusterFacts } from '../cluster/cluster-facts.js';
import { podConfigMap, scriptsOf } from './config-map.js';
import { type Endpoint, formatEndpoint } from './endpoint.js';
import { gatewayPolicies } from './gateway-policy.js';
import { gatewayConfigMapName, podItems } from './names.js';
import { type OverlaySettings, overlayDigest } from './overlay-settings.js';
import { scriptContainer, scriptVolumes } from './pod-containers.js';
import { podIntent } from './pod-intent.js';
import { podSettings } from './pod-settings.js';
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
export function gatewaySettings({ overlay, mtu, tunnel, endpoint, forwarded, ...spec }: GatewaySpec): string {
  const clusterCidrs = spec.clusterCidrs.map(({ text }) => text);
  return settingsText({
    ...podSettings({ overlay, mtu, clusterCidrs, cluster: spec.cluster }),
    TUNNEL: tunnel,
    ENDPOINT: endpoint === undefined ? undefined : formatEndpoint(endpoint),
    FORWARDED_PORT: forwarded?.port,
    FORWARDED_CLIENT: forwarded?.pod,
  });
}

/** Names `gluetun` first and our sidecar after it: an apply puts items in the order of the intent, relative to those it names. */
function gatewayStatefulSet(spec: GatewaySpec, digest: string): KubeObject {
  const { init, sidecar, volume } = podItems.gateway;
  const { app, workload, image } = spec;
  const capabilities = { add: ['NET_ADMIN', 'NET_BIND_SERVICE', 'NET_RAW'] };
  return podIntent(spec, digest, {
    // Only this one is privileged, and it ends: /proc/sys is read-only otherwise, and many networks start pods without forwarding.
    initContainers: [scriptContainer(init, volume, { privileged: true }, image)],
    containers: [
      {
        name: workload,
        securityContext: { capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } },
        // Gluetun rewrites resolv.conf, which all containers of a pod share; this file is its own.
        volumeMounts: [{ name: podItems.state, mountPath: '/etc/resolv.conf', subPath: 'resolv.conf' }],
      },
      scriptContainer(sidecar, volume, { capabilities }, image),
    ],
    volumes: scriptVolumes(volume, gatewayConfigMapName(app)),
  });
}
