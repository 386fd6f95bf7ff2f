import type { CharmDefinition } from '@charm-ts/testing';

/** A charm with one of everything, as metadata only. */
export const tinyCharm: CharmDefinition = {
  name: 'tiny-k8s',
  containers: { app: { resource: 'app-image' } },
  provides: { db: { interface: 'sql' } },
  requires: { backend: { interface: 'sql' } },
  peers: { ring: { interface: 'ring' } },
  options: {
    port: { type: 'int', default: 8080 },
    name: { type: 'string' },
    debug: { type: 'boolean', default: false },
    ratio: { type: 'float', default: 0.5 },
    key: { type: 'secret' },
  },
  actions: { greet: { params: { who: { type: 'string', default: 'world' } } } },
  storage: { data: { type: 'filesystem' } },
  resources: { 'app-image': { type: 'oci-image' } },
};

/** The same without a peer relation. */
export const loneCharm: CharmDefinition = { ...tinyCharm, peers: {} };
