import { CharmBase, type CharmMetadata, type Framework } from '@charm-ts/ops';

const metadata = {
  name: 'storing-k8s',
  containers: {
    app: {
      resource: 'app-image',
      mounts: [
        { storage: 'data', location: '/data' },
        { storage: 'media', location: '/media' },
      ],
    },
    exporter: { resource: 'exporter-image', mounts: [{ storage: 'data', location: '/srv/data' }] },
  },
  provides: {},
  requires: {},
  peers: {},
  options: {},
  actions: {},
  storage: { data: { type: 'filesystem' }, media: { type: 'filesystem', optional: true } },
  resources: {
    'app-image': { type: 'oci-image', upstreamSource: 'lscr.io/linuxserver/sabnzbd:4.5.5-ls240' },
    'exporter-image': { type: 'oci-image', upstreamSource: 'docker.io/library/exporter:2' },
  },
} as const satisfies CharmMetadata;

/** A charm with storage that does nothing. */
export class StoringCharm extends CharmBase<typeof metadata> {
  constructor(framework: Framework) {
    super(framework, metadata);
    framework.reconcile(() => Promise.resolve());
  }
}
