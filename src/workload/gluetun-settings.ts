import type { TunnelSettings } from '../configuration/tunnel-settings.js';

/** What the cluster and the overlay ask of Gluetun's firewall and routes. */
export interface FirewallNeeds {
  /** IPv4 ranges and addresses that are reached outside the tunnel: the cluster's own. */
  readonly outboundSubnets: readonly string[];
  readonly vxlanPort: number;
}

/** Settings of Gluetun by name; none of them is secret. */
export type GluetunSettings = Readonly<Record<string, string>>;

export const controlServerAddress = '127.0.0.1:8000';
export const addressFile = '/tmp/gluetun/ip';
export const tunnelDevice = 'tun0';
export const tunnelMtu = 1320;

/** Juju's Pebble health ports of the containers `charm` and `gluetun`, which the kubelet probes. */
const pebbleHealthPorts = [38_812, 38_813] as const;

const onOff = (value: boolean): string => (value ? 'on' : 'off');

const listSetting = (name: string, items: readonly string[]): GluetunSettings =>
  items.length === 0 ? {} : { [name]: items.join(',') };

const endpointSettings = (tunnel: TunnelSettings): GluetunSettings =>
  tunnel.endpoint === undefined
    ? {}
    : {
        WIREGUARD_ENDPOINT_IP: tunnel.endpoint.address,
        WIREGUARD_ENDPOINT_PORT: String(tunnel.endpoint.port),
        WIREGUARD_PUBLIC_KEY: tunnel.endpoint.publicKey,
      };

/**
 * All settings of Gluetun but the keys. Every server of Gluetun listens on loopback; nothing is fetched that is not
 * needed to connect. The operator's overrides come last; those that could open the gateway were refused before.
 */
export const gluetunSettings = (tunnel: TunnelSettings, firewall: FirewallNeeds): GluetunSettings => ({
  VPN_TYPE: 'wireguard',
  VPN_SERVICE_PROVIDER: tunnel.provider,
  VPN_INTERFACE: tunnelDevice,
  WIREGUARD_MTU: String(tunnelMtu),
  // Idle clients keep no traffic in the tunnel, and a NAT before the node would forget it after 30 seconds.
  WIREGUARD_PERSISTENT_KEEPALIVE_INTERVAL: '25s',
  ...listSetting('WIREGUARD_ADDRESSES', tunnel.addresses),
  ...endpointSettings(tunnel),
  ...listSetting('SERVER_COUNTRIES', tunnel.countries),
  ...listSetting('SERVER_CITIES', tunnel.cities),
  ...listSetting('FIREWALL_OUTBOUND_SUBNETS', firewall.outboundSubnets),
  FIREWALL_INPUT_PORTS: [firewall.vxlanPort, ...pebbleHealthPorts].join(','),
  DNS_SERVER: 'on',
  DNS_UPSTREAM_RESOLVER_TYPE: tunnel.dnsOverTls ? 'dot' : 'plain',
  HTTP_CONTROL_SERVER_ADDRESS: controlServerAddress,
  HTTP_CONTROL_SERVER_LOG: onOff(false),
  HEALTH_SERVER_ADDRESS: '127.0.0.1:9999',
  PUBLICIP_FILE: addressFile,
  UPDATER_PERIOD: '0',
  VERSION_INFORMATION: onOff(false),
  ...tunnel.overrides,
});

/** MTU of the tunnel as Gluetun will set it. */
export const mtuOf = (tunnel: TunnelSettings): number => Number(tunnel.overrides['WIREGUARD_MTU'] ?? tunnelMtu);
