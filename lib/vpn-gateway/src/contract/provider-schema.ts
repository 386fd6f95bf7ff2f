/**
 * What a provider writes under the key `config` of its application databag: the one source for the type, the generated validator and the published JSON file.
 * Field names, their order, bounds and defaults are those of the Python library 0.5 and 0.6; what follows `instance_name` are additions that older readers ignore.
 * `vxlan_port` defaults to 8472, because a provider that does not send it is 0.5 or older and uses the kernel's port.
 */
export const providerSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['gateway_dns_name', 'cluster_cidrs', 'cluster_dns_ip', 'instance_name'],
  properties: {
    routing_method: { type: 'string', pattern: '^[a-z0-9-]{1,63}$', default: 'pod-gateway' },
    gateway_dns_name: { type: 'string' },
    vxlan_id: { type: 'integer', minimum: 1, maximum: 16777215, default: 42 },
    vxlan_ip_network: { type: 'string', default: '172.16.0' },
    vxlan_port: { type: 'integer', minimum: 1, maximum: 65535, default: 8472 },
    cluster_cidrs: { type: 'string' },
    cluster_dns_ip: { type: 'string' },
    vpn_connected: { type: 'boolean', default: false },
    external_ip: { type: ['string', 'null'], default: null },
    instance_name: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,62}$' },
    cluster_domain: { type: 'string' },
    mtu: { type: 'integer', minimum: 576, maximum: 9000 },
    forwarded_port: { type: 'integer', minimum: 1, maximum: 65535 },
    forwarded_port_reason: { type: 'string', pattern: '^[ -~]{1,200}$' },
  },
} as const;

/**
 * Provider data after reading: defaults filled in, every value checked for its format.
 *
 * @example
 * ```ts
 * const data: ProviderData = {
 *   routing_method: 'pod-gateway', gateway_dns_name: 'gluetun-endpoints.media.svc.cluster.local',
 *   vxlan_id: 42, vxlan_port: 4790, vxlan_ip_network: '172.16.0', cluster_cidrs: '10.1.0.0/16,10.152.183.0/24',
 *   cluster_dns_ip: '10.152.183.10', vpn_connected: true, external_ip: '185.213.154.66', instance_name: 'gluetun',
 * };
 * ```
 */
export interface ProviderData {
  /** Always `pod-gateway` so far. */
  routing_method: string;
  /** Cluster DNS name that resolves to the gateway pod. */
  gateway_dns_name: string;
  /** VXLAN network identifier, 1 to 16777215. */
  vxlan_id: number;
  /** UDP port of the overlay. */
  vxlan_port: number;
  /** First three octets of the overlay network, e.g. `172.16.0`. */
  vxlan_ip_network: string;
  /** Comma separated prefixes that stay outside the tunnel: pods, services, nodes. */
  cluster_cidrs: string;
  /** Address of the cluster's DNS service. */
  cluster_dns_ip: string;
  /** Domain of the cluster's names; absent means `cluster.local`. */
  cluster_domain?: string;
  /** True while the tunnel was verified by the gateway. */
  vpn_connected: boolean;
  /** Address that the world sees, while connected. */
  external_ip: string | null;
  /** Name of the gateway application. */
  instance_name: string;
  /** MTU of the overlay in bytes; absent: the client computes it. */
  mtu?: number;
  /** Port at the VPN's exit that leads to this client, TCP and UDP: the client listens on the same number. */
  forwarded_port?: number;
  /** Why a client that asks for a port has none; absent while it has one, or does not ask. */
  forwarded_port_reason?: string;
}
