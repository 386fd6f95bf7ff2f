import { CharmBase, type Framework } from '@charm-ts/ops';
import { VpnGatewayRequirer } from '@charm-ts/vpn-gateway';
import { metadata } from './generated/metadata.js';
import { layer, webPort } from './layer.js';

/** {{title}}, which runs only while its traffic is proved to leave through the VPN. */
export class ClientCharm extends CharmBase<typeof metadata> {
  readonly #vpn = new VpnGatewayRequirer(this, 'vpn-gateway', {
    webPorts: [webPort],
    extraPeers: this.config['extra-peers'],
  });

  constructor(framework: Framework) {
    super(framework, metadata);
    framework.reconcile(this.reconcile);
    framework.observe(this.on.action('verify-vpn'), (event) => this.#vpn.answer(event));
  }

  reconcile = async (): Promise<void> => {
    const container = this.unit.container('{{app}}');
    await this.unit.setPorts(webPort);
    await this.#vpn.reconcile({
      unsafe: this.config['unsafe-mode'],
      start: () => container.apply(layer),
      stop: () => container.stop('{{app}}'),
    });
  };
}
