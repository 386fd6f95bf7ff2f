import { ActiveStatus, CharmBase, type CharmMetadata, type Framework } from '@charm-ts/ops';

const metadata = {
  name: 'overlay-k8s',
  containers: { app: { resource: 'app-image' } },
  provides: {},
  requires: {},
  peers: {},
  options: { digest: { type: 'string', default: '' } },
  actions: {},
  storage: {},
  resources: { 'app-image': { type: 'oci-image' } },
} as const satisfies CharmMetadata;

/** A charm that watches a port of its pod's loopback and changes its own pod template by configuration. */
export class OverlayCharm extends CharmBase<typeof metadata> {
  constructor(framework: Framework) {
    super(framework, metadata);
    framework.reconcile(this.reconcile);
  }

  reconcile = async (): Promise<void> => {
    const app = this.unit.container('app');
    if (await app.canConnect()) {
      await app.apply({
        label: 'route',
        checks: {
          route: { override: 'replace', threshold: 1, period: '5s', http: { url: 'http://127.0.0.1:14791/' } },
        },
      });
      const check = await app.check('route');
      this.unit.addStatus(new ActiveStatus(`route ${check?.status ?? 'unknown'}`));
    }
    const { digest } = this.config;
    if (digest === '' || !(await this.unit.isLeader())) return;
    const api = await this.framework.kubeApi();
    this.framework.atCommit(async () => {
      await api.apply(
        {
          apiVersion: 'apps/v1',
          kind: 'StatefulSet',
          metadata: { name: this.app.name },
          spec: { template: { metadata: { annotations: { digest } } } },
        },
        { fieldManager: 'overlay' },
      );
    });
  };
}
