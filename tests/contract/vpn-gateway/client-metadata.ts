import type { CharmMetadata } from '@charm-ts/ops';

/** What `npm run gen` makes of the YAML files of the README's charm. */
export const metadata = {
  name: 'client-k8s',
  containers: { app: {} },
  provides: {},
  requires: { 'vpn-gateway': { interface: 'vpn-gateway', limit: 1, optional: true } },
  peers: {},
  options: { 'unsafe-mode': { type: 'boolean', default: false } },
  actions: {},
  storage: {},
  resources: {},
} as const satisfies CharmMetadata;
