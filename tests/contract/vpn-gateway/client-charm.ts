import { CharmBase, type CharmMetadata, type Framework } from '@charm-ts/ops';
import { VpnGatewayRequirer } from '@charm-ts/vpn-gateway';

const metadata = {
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

/** The smallest client: what the README shows. */
export class ClientCharm extends CharmBase<typeof metadata> {
  readonly #vpn = new VpnGatewayRequirer(this, 'vpn-gateway', { webPorts: [8080] });

  constructor(framework: Framework) {
    super(framework, metadata);
    framework.reconcile(this.reconcile);
  }

  reconcile = async (): Promise<void> => {
    const app = this.unit.container('app');
    await this.#vpn.reconcile({
      unsafe: this.config['unsafe-mode'],
      start: () =>
        app.apply({ label: 'app', services: { app: { override: 'replace', command: '/app', startup: 'enabled' } } }),
      stop: () => app.stop('app'),
    });
  };
}
