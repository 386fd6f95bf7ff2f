import { CharmBase, type Framework, type Layer } from '@charm-ts/ops';
import { VpnGatewayRequirer } from '@charm-ts/vpn-gateway'; // 1
import { metadata } from './client-metadata.js';

const layer: Layer = { label: 'app', services: { app: { override: 'replace', command: '/app', startup: 'enabled' } } };

export class ClientCharm extends CharmBase<typeof metadata> {
  readonly #vpn = new VpnGatewayRequirer(this, 'vpn-gateway', { webPorts: [8080] }); // 2

  constructor(framework: Framework) {
    super(framework, metadata);
    framework.reconcile(this.reconcile);
  }

  reconcile = async (): Promise<void> => {
    const app = this.unit.container('app');
    const [start, stop] = [() => app.apply(layer), () => app.stop('app')]; // 3
    const unsafe = this.config['unsafe-mode']; // 4
    await this.#vpn.reconcile({ unsafe, start, stop }); // 5
  };
}
