import { type SettableStatus, WaitingStatus } from '@charm-ts/ops';
import type { ClusterFacts, Discovery, GatewaySpec, ProviderData } from '@charm-ts/vpn-gateway';
import { type ClusterSettings, readClusterSettings } from '../configuration/cluster-settings.js';
import type { Fault } from '../configuration/fault.js';
import type { Options } from '../configuration/options.js';
import { portForwardingRangeFaults } from '../configuration/port-forwarding.js';
import { readTunnelSettings, type TunnelSettings } from '../configuration/tunnel-settings.js';
import type { KeysReading, VpnKeys } from '../secret/vpn-keys.js';
import { clusterResolver } from '../workload/cluster-resolver.js';
import { defaultMtu, type GluetunSettings, gluetunSettings, tunnelDevice } from '../workload/gluetun-settings.js';
import type { SettingsFile } from '../workload/settings-files.js';
import { gluetun } from '../workload/gluetun-layer.js';
import { outboundSubnets } from './outbound-subnets.js';

/** Everything that a plan is made from; reading it has no effects. */
export interface GatewayObservation {
  readonly app: string;
  readonly model: string;
  readonly options: Options;
  /** `undefined` while the options do not say which secret. */
  readonly keys: KeysReading | undefined;
  readonly discovery: Discovery;
  /** True while clients are related that run the scripts of the pod-gateway image. */
  readonly legacyClients: boolean;
  /** Where the clients' pods are; absent while one of them does not say it. */
  readonly clients?: GatewaySpec['clients'];
  /** The port that the VPN provider forwards, and the pod that gets it. */
  readonly forwarded: GatewaySpec['forwarded'];
}

/** Provider data without what only the running tunnel can tell. */
export type OverlayData = Omit<ProviderData, 'vpn_connected' | 'external_ip'>;

export interface GatewayPlan {
  readonly kind: 'gateway';
  readonly tunnel: TunnelSettings;
  readonly spec: GatewaySpec;
  readonly settings: GluetunSettings;
  readonly keys: VpnKeys;
  readonly furtherFiles: readonly SettingsFile[];
  readonly overlay: OverlayData;
  /** What the operator should know although nothing is wrong. */
  readonly remark: string | undefined;
}

/** The gateway must not run; clients are still told where it will be, if that is known. */
export interface BlockedPlan {
  readonly kind: 'blocked';
  readonly faults: readonly Fault[];
  readonly overlay: OverlayData | undefined;
}

/** Cluster or secret cannot be read just now; nothing is known to be wrong with the settings. */
export interface UndiscoveredPlan {
  readonly kind: 'undiscovered';
  readonly status: SettableStatus;
  readonly overlay: undefined;
}

const unreadableSecret = new WaitingStatus(
  'waiting for Juju to give the secret (secret backend away?), see: juju debug-log --include-module unit',
);

/** What a service account without cluster-wide rights cannot see, and a cluster without the usual name service. */
const clusterFaults = (app: string, facts: ClusterFacts | undefined): readonly Fault[] => {
  if (facts === undefined || facts.dnsAddress !== undefined) return [];
  if (facts.unreadable.length > 0) return [{ kind: 'command', command: `juju trust ${app} --scope=cluster` }];
  return [{ kind: 'cluster', problem: 'this cluster has no DNS service (kube-dns or coredns in kube-system)' }];
};

const overlayData = (
  { app, model }: GatewayObservation,
  facts: ClusterFacts | undefined,
  cluster: ClusterSettings | undefined,
  tunnel: TunnelSettings | undefined,
): OverlayData | undefined => {
  if (cluster === undefined || facts?.dnsAddress === undefined) return undefined;
  return {
    routing_method: 'pod-gateway',
    gateway_dns_name: `${app}-endpoints.${model}.svc.${facts.domain}`,
    vxlan_id: cluster.vxlanId,
    vxlan_port: cluster.vxlanPort,
    vxlan_ip_network: cluster.vxlanNetwork,
    cluster_cidrs: cluster.clusterCidrs.map(({ text }) => text).join(','),
    cluster_dns_ip: facts.dnsAddress,
    cluster_domain: facts.domain,
    instance_name: app,
    mtu: tunnel?.mtu ?? defaultMtu,
  };
};

const gatewaySpec = (
  { app, model, clients, legacyClients, forwarded }: GatewayObservation,
  facts: ClusterFacts,
  cluster: ClusterSettings,
  tunnel: TunnelSettings,
): GatewaySpec => ({
  app,
  namespace: model,
  workload: gluetun,
  overlay: { id: cluster.vxlanId, port: cluster.vxlanPort, network: cluster.vxlanNetwork },
  mtu: tunnel.mtu,
  tunnel: tunnelDevice,
  ...(tunnel.endpoint === undefined
    ? {}
    : { endpoint: { address: tunnel.endpoint.address, port: tunnel.endpoint.port } }),
  clusterCidrs: cluster.clusterCidrs,
  cluster: facts,
  clients,
  legacyClients,
  ...(forwarded === undefined ? {} : { forwarded }),
  ...(cluster.podGatewayImage === undefined ? {} : { image: cluster.podGatewayImage }),
});

/**
 * What the gateway should be, or why it must not run. Pure; every fault is listed. Clients are told where the gateway
 * will be also while it must not run.
 */
export const planGateway = (observed: GatewayObservation): GatewayPlan | BlockedPlan | UndiscoveredPlan => {
  const { app, model, options, keys, discovery } = observed;
  if (keys?.kind === 'unreadable') return { kind: 'undiscovered', status: unreadableSecret, overlay: undefined };
  const facts = discovery.kind === 'ok' ? discovery.facts : undefined;
  const { faults: tunnelFaults, tunnel } = readTunnelSettings(options, keys);
  const { faults: overlayFaults, cluster } = readClusterSettings(options, facts, observed.legacyClients);
  const keyFaults = keys?.kind === 'faults' ? keys.faults : [];
  const faults = [
    ...tunnelFaults,
    ...overlayFaults,
    ...portForwardingRangeFaults(tunnel, cluster?.clusterCidrs ?? []),
    ...keyFaults,
    ...clusterFaults(app, facts),
  ];
  const overlay = overlayData(observed, facts, cluster, tunnel);
  if (faults.length > 0) return { kind: 'blocked', faults, overlay };
  if (discovery.kind === 'refused') return { kind: 'undiscovered', status: discovery.status, overlay: undefined };
  if (tunnel === undefined || cluster === undefined || overlay === undefined || keys?.kind !== 'ok') {
    return { kind: 'blocked', faults, overlay };
  }
  return {
    kind: 'gateway',
    tunnel,
    spec: gatewaySpec(observed, discovery.facts, cluster, tunnel),
    settings: gluetunSettings(tunnel, {
      outboundSubnets: outboundSubnets(cluster.clusterCidrs, discovery.facts),
      vxlanPort: cluster.vxlanPort,
    }),
    keys: keys.keys,
    furtherFiles: [clusterResolver(discovery.facts.domain, model)],
    overlay,
    remark: cluster.remark,
  };
};
