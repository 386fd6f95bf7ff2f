import type { Options } from '../../../src/configuration/options.js';

/** A key of 32 bytes that nobody uses, and one that is told apart from it. */
export const privateKey = Buffer.alloc(32, 7).toString('base64');
export const presharedKey = Buffer.alloc(32, 9).toString('base64');
export const publicKey = Buffer.alloc(32, 5).toString('base64');

/** The defaults of config.yaml. */
export const defaults: Options = {
  'cluster-cidrs': '',
  'vpn-provider': '',
  'vpn-type': 'wireguard',
  'wireguard-addresses': '',
  'wireguard-mtu': 1320,
  'wireguard-persistent-keepalive': 25,
  'server-countries': '',
  'server-cities': '',
  'server-filters': '',
  'vpn-endpoint-ip': '',
  'vpn-endpoint-port': 51_820,
  'wireguard-public-key': '',
  'port-forwarding': false,
  'port-forwarding-provider': '',
  'dns-over-tls': false,
  'dns-upstream': '',
  'log-level': 'info',
  'vxlan-id': 42,
  'vxlan-network': '172.16.0.0/24',
  'vxlan-port': 4790,
  'pod-gateway-image': '',
  'custom-overrides': '',
  'extended-alert-rules': false,
};

/** A complete configuration for Mullvad, with changes. */
export const options = (changes: Partial<Options> = {}): Options => ({
  ...defaults,
  'cluster-cidrs': '10.1.0.0/16,10.152.183.0/24',
  'vpn-provider': 'mullvad',
  'wireguard-private-key-secret': 'secret:d0erdgfmp25c762i8np0',
  'wireguard-addresses': '10.64.12.7/32',
  ...changes,
});
