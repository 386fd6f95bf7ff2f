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
    'server-countries': { type: 'string', default: '' },
    'server-cities': { type: 'string', default: '' },
    'vpn-endpoint-ip': { type: 'string', default: '' },
    'vpn-endpoint-port': { type: 'int', default: 51820 },
    'wireguard-public-key': { type: 'string', default: '' },
    'vxlan-id': { type: 'int', default: 42 },
    'vxlan-port': { type: 'int', default: 4790 },
    'custom-overrides': { type: 'string', default: '' },
    'dns-over-tls': { type: 'boolean', default: false },
    'extended-alert-rules': { type: 'boolean', default: false },
  },
  actions: {},
  storage: {},
  resources: { 'gluetun-image': { type: 'oci-image' } },
} as const satisfies CharmMetadata;
