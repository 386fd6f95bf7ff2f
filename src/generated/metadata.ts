// Generated from metadata.yaml, config.yaml and actions.yaml by `npm run gen`; do not edit.
import type { CharmMetadata } from '@charm-ts/ops';

/** What the YAML files of this charm declare. */
export const metadata = {
  name: 'gluetun-k8s',
  containers: { gluetun: { resource: 'gluetun-image' } },
  provides: { 'vpn-gateway': { interface: 'vpn-gateway', optional: true } },
  requires: {},
  peers: {},
  options: {
    'cluster-cidrs': { type: 'string', default: '' },
    'vpn-provider': { type: 'string', default: '' },
    'vpn-type': { type: 'string', default: 'wireguard' },
    'wireguard-private-key-secret': { type: 'secret' },
    'wireguard-addresses': { type: 'string', default: '' },
    'wireguard-mtu': { type: 'int', default: 1320 },
    'wireguard-persistent-keepalive': { type: 'int', default: 25 },
    'server-countries': { type: 'string', default: '' },
    'server-cities': { type: 'string', default: '' },
    'server-filters': { type: 'string', default: '' },
    'vpn-endpoint-ip': { type: 'string', default: '' },
    'vpn-endpoint-port': { type: 'int', default: 51820 },
    'wireguard-public-key': { type: 'string', default: '' },
    'port-forwarding': { type: 'boolean', default: false },
    'port-forwarding-provider': { type: 'string', default: '' },
    'dns-over-tls': { type: 'boolean', default: false },
    'dns-upstream': { type: 'string', default: '' },
    'log-level': { type: 'string', default: 'info' },
    'vxlan-id': { type: 'int', default: 42 },
    'vxlan-network': { type: 'string', default: '172.16.0.0/24' },
    'vxlan-port': { type: 'int', default: 4790 },
    'pod-gateway-image': { type: 'string', default: '' },
    'custom-overrides': { type: 'string', default: '' },
    'extended-alert-rules': { type: 'boolean', default: false },
  },
  actions: {
    speedtest: {
      params: {
        'server-id': { type: 'integer' },
        duration: { type: 'integer', default: 15 },
        timeout: { type: 'integer', default: 30 },
      },
    },
    reconnect: { params: { timeout: { type: 'integer', default: 60 } } },
    'show-status': { params: {} },
    verify: { params: {} },
  },
  storage: {},
  resources: { 'gluetun-image': { type: 'oci-image', upstreamSource: 'ghcr.io/qdm12/gluetun:v3.41.3' } },
} as const satisfies CharmMetadata;
