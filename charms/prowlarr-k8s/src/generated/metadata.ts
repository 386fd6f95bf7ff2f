// Generated from metadata.yaml, config.yaml and actions.yaml by `npm run gen`; do not edit.
import type { CharmMetadata } from '@charm-ts/ops';

/** What the YAML files of this charm declare. */
export const metadata = {
  name: 'prowlarr-k8s',
  containers: {
    prowlarr: {
      resource: 'prowlarr-image',
      mounts: [
        { storage: 'config', location: '/config' },
        { storage: 'media', location: '/media' },
      ],
    },
  },
  provides: {},
  requires: { 'vpn-gateway': { interface: 'vpn-gateway', limit: 1, optional: true } },
  peers: { peers: { interface: 'prowlarr-peers' } },
  options: {
    'unsafe-mode': { type: 'boolean', default: false },
    'extra-peers': { type: 'string', default: '' },
    timezone: { type: 'string', default: 'Etc/UTC' },
    puid: { type: 'int', default: 1000 },
    pgid: { type: 'int', default: 1000 },
    'credentials-rotation': { type: 'string', default: 'never' },
  },
  actions: { 'verify-vpn': { params: {} }, 'rotate-credentials': { params: {} } },
  storage: { config: { type: 'filesystem' }, media: { type: 'filesystem', optional: true } },
  resources: {
    'prowlarr-image': { type: 'oci-image', upstreamSource: 'lscr.io/linuxserver/prowlarr:2.3.5.5327-ls141' },
  },
} as const satisfies CharmMetadata;
