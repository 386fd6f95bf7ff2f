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
export const forwardedPortFile = '/tmp/gluetun/forwarded_port';
export const openVpnConfigFile = '/gluetun/openvpn/custom.ovpn';
export const tunnelDevice = 'tun0';
/** Of the overlay while the options do not say another one. */
export const defaultMtu = 1320;

/** Firewall mark of a tunnel's own packets; Gluetun's for WireGuard, and what the pod's firewall lets out. */
const tunnelMark = 51_820;

/** Juju's Pebble health ports of the containers `charm` and `gluetun`, which the kubelet probes. */
const pebbleHealthPorts = [38_812, 38_813] as const;

const onOff = (value: boolean): string => (value ? 'on' : 'off');

const listSetting = (name: string, items: readonly string[]): GluetunSettings =>
  items.length === 0 ? {} : { [name]: items.join(',') };

const wireguardSettings = (tunnel: TunnelSettings): GluetunSettings => ({
  WIREGUARD_MTU: String(tunnel.mtu),
  // Idle clients keep no traffic in the tunnel, and a NAT before the node would forget it after 30 seconds.
  WIREGUARD_PERSISTENT_KEEPALIVE_INTERVAL: `${tunnel.keepalive}s`,
  ...listSetting('WIREGUARD_ADDRESSES', tunnel.addresses),
  ...(tunnel.endpoint === undefined
    ? {}
    : {
        WIREGUARD_ENDPOINT_IP: tunnel.endpoint.address,
        WIREGUARD_ENDPOINT_PORT: String(tunnel.endpoint.port),
        WIREGUARD_PUBLIC_KEY: tunnel.endpoint.publicKey,
      }),
});

const openVpnSettings = (tunnel: TunnelSettings): GluetunSettings => ({
  // OpenVPN marks its packets only when told to; without the mark the pod's firewall keeps them in.
  OPENVPN_FLAGS: `--mark ${tunnelMark}`,
  ...(tunnel.hasOpenVpnConfig ? { OPENVPN_CUSTOM_CONFIG: openVpnConfigFile } : {}),
});

const portForwardingSettings = ({ portForwarding }: TunnelSettings): GluetunSettings =>
  portForwarding === undefined
    ? {}
    : {
        VPN_PORT_FORWARDING: onOff(true),
        VPN_PORT_FORWARDING_STATUS_FILE: forwardedPortFile,
        ...(portForwarding.provider === undefined ? {} : { VPN_PORT_FORWARDING_PROVIDER: portForwarding.provider }),
      };

/**
 * All settings of Gluetun but the secret ones. Every server of Gluetun listens on loopback; nothing is fetched that is
 * not needed to connect. The operator's overrides come last; those that could open the gateway were refused before.
 */
export const gluetunSettings = (tunnel: TunnelSettings, firewall: FirewallNeeds): GluetunSettings => ({
  VPN_TYPE: tunnel.protocol,
  VPN_SERVICE_PROVIDER: tunnel.provider,
  VPN_INTERFACE: tunnelDevice,
  ...(tunnel.protocol === 'wireguard' ? wireguardSettings(tunnel) : openVpnSettings(tunnel)),
  ...tunnel.filters,
  ...portForwardingSettings(tunnel),
  ...listSetting('FIREWALL_OUTBOUND_SUBNETS', firewall.outboundSubnets),
  FIREWALL_INPUT_PORTS: [firewall.vxlanPort, ...pebbleHealthPorts].join(','),
  DNS_SERVER: onOff(true),
  DNS_UPSTREAM_RESOLVER_TYPE: tunnel.dnsUpstream,
  HTTP_CONTROL_SERVER_ADDRESS: controlServerAddress,
  HTTP_CONTROL_SERVER_LOG: onOff(false),
  HEALTH_SERVER_ADDRESS: '127.0.0.1:9999',
  LOG_LEVEL: tunnel.logLevel,
  PUBLICIP_FILE: addressFile,
  UPDATER_PERIOD: '0',
  VERSION_INFORMATION: onOff(false),
  ...tunnel.overrides,
});
