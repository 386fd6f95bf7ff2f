import { BlockedStatus, CharmBase, type Framework } from '@charm-ts/ops';
import { VpnGatewayRequirer } from '@charm-ts/vpn-gateway';
import { clusterNames, writeFirstSettings } from './first-settings.js';
import { metadata } from './generated/metadata.js';
import { optionFaults } from './option-faults.js';
import { sabnzbd, sabnzbdLayer, webPort } from './sabnzbd-layer.js';
import { answerVerifyVpn } from './verify-vpn.js';

/** SABnzbd, which runs only while its traffic is proved to leave through the VPN. */
export class SabnzbdCharm extends CharmBase<typeof metadata> {
  readonly #vpn = new VpnGatewayRequirer(this, 'vpn-gateway', { webPorts: [webPort] });

  constructor(framework: Framework) {
    super(framework, metadata);
    framework.reconcile(this.reconcile);
    framework.observe(this.on.action('verify-vpn'), async (event) => answerVerifyVpn(event, await this.#vpn.prove()));
  }

  reconcile = async (): Promise<void> => {
    const container = this.unit.container(sabnzbd);
    const faults = optionFaults(this.config);
    if (faults.length > 0) this.unit.addStatus(new BlockedStatus(faults.join('; ')));
    await this.unit.setPorts(webPort);
    await this.#vpn.reconcile({
      unsafe: this.config['unsafe-mode'],
      start: async () => {
        if (faults.length > 0) return false;
        await writeFirstSettings(container, clusterNames(this.app.name, this.model.name));
        return container.apply(sabnzbdLayer(this.config));
      },
      stop: () => container.stop(sabnzbd),
    });
  };
}
