export type { CharmSeam } from './charm/charm-seam.js';
export type { VpnEndpoint } from './charm/vpn-endpoint.js';
export {
  type ClusterCidrRules,
  type ClusterCidrs,
  checkClusterCidrs,
  normalise,
  splitCidrs,
} from './cidr/cluster-cidrs.js';
export { overlayPrefix } from './cidr/overlay.js';
export { type Prefix, contains, overlaps, parsePrefix, parsePrefixes } from './cidr/prefix.js';
export { forbiddenRange, isPrivate } from './cidr/special-ranges.js';
export type { ApplyOutcome, RemovalOutcome } from './cluster/apply-outcome.js';
export { ClusterCache, type Discovery } from './cluster/cluster-cache.js';
export { type ClusterFacts, unknownCluster } from './cluster/cluster-facts.js';
export { type ClusterRanges, clusterRanges, confirmedPrefixes, disagreement } from './cluster/cluster-ranges.js';
export { type DiscoverySources, discoverCluster } from './cluster/discover-cluster.js';
export { statusOfKubeError } from './cluster/kube-status.js';
export { looksAtKubernetes } from './cluster/looks-at-kubernetes.js';
export { type ApplierCharm, ObjectApplier } from './cluster/object-applier.js';
export { type ProviderData, providerSchema } from './contract/provider-schema.js';
export { type ReadOptions, readProviderData, readRequirerData } from './contract/read-databag.js';
export type { Reading } from './contract/reading.js';
export { type RequirerData, requirerSchema } from './contract/requirer-schema.js';
export { encodeProviderData, encodeRequirerData } from './contract/write-databag.js';
export { ContractError } from './errors/contract-error.js';
export { type Decision, type WorkloadOrder, decide } from './gate/decide.js';
export { type GateState, gateStates } from './gate/gate-state.js';
export type { Observed, ObservedGateway, ObservedObjects, ObservedPath } from './gate/observed.js';
export { type ClientSpec, clientProtection, clientSettings } from './objects/client-protection.js';
export type { Endpoint } from './objects/endpoint.js';
export { type GatewaySpec, gatewayProtection, gatewaySettings } from './objects/gateway-protection.js';
export {
  clientConfigMapName,
  clientPolicyName,
  defaultVxlanPort,
  gatewayConfigMapName,
  gatewayPolicyName,
  podGatewayImage,
  podItems,
  verdictPort,
} from './objects/names.js';
export type { OverlaySettings } from './objects/overlay-settings.js';
export type { Protection, Removal } from './objects/protection.js';
export { clientRemoval, gatewayRemoval } from './objects/removal.js';
export {
  type ExtraPeer,
  type ExtraPeers,
  type PeerPort,
  parseExtraPeers,
  type RangePeer,
} from './peers/extra-peers.js';
export type { ForwardedPort, PortAnswers } from './provider/forwarded-port.js';
export { clientPods, type GatewayClient, VpnGatewayProvider } from './provider/vpn-gateway-provider.js';
export { defaultAddressService } from './requirer/exit-address.js';
export type { ProofLine } from './requirer/proof-line.js';
export type { GatedWorkload, OpenPath, RequirerCharm, RequirerOptions } from './requirer/requirer-charm.js';
export type { VpnEvent, VpnEventHandler, VpnEventKind } from './requirer/vpn-events.js';
export { VpnGatewayRequirer } from './requirer/vpn-gateway-requirer.js';
export { faultList, shownFaults } from './text/fault-list.js';
export { quote } from './text/quote.js';
export { type Route, type RouteTable, parseIpv4Routes, parseIpv6Routes } from './verification/route-table.js';
export { sidecarVerdict, ownReading } from './verification/verify-path.js';
export { verifyRoutes } from './verification/verify-routes.js';
