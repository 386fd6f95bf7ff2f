import { type ActionEvent, BlockedStatus, CharmBase, type Framework, type SecretEvent } from '@charm-ts/ops';
import { VpnGatewayRequirer } from '@charm-ts/vpn-gateway';
import { Credentials } from './credentials/credentials.js';
import { credentialsStatus } from './credentials/credentials-status.js';
import type { MediaApp } from './media-app.js';
import type { MediaMetadata } from './media-metadata.js';
import { optionFaults } from './option-faults.js';
import { MediaWorkload } from './workload/media-workload.js';

/**
 * An application with a web page that runs only while its traffic is proved to leave through the VPN.
 *
 * @example
 * ```ts
 * export class SabnzbdCharm extends MediaCharm {
 *   constructor(framework: Framework) {
 *     super(framework, metadata, sabnzbd);
 *   }
 * }
 * ```
 */
export abstract class MediaCharm extends CharmBase<MediaMetadata> {
  readonly #app: MediaApp;
  readonly #vpn: VpnGatewayRequirer<MediaMetadata>;
  readonly #credentials: Credentials;
  readonly #workload: MediaWorkload;

  constructor(framework: Framework, metadata: MediaMetadata, app: MediaApp) {
    super(framework, metadata);
    this.#app = app;
    this.#vpn = new VpnGatewayRequirer(this, 'vpn-gateway', {
      ...app.vpn,
      webPorts: [app.webPort],
      extraPeers: this.config['extra-peers'],
    });
    this.#credentials = new Credentials(this, () => app.newCredentials());
    this.#workload = new MediaWorkload(this, app);
    framework.reconcile(this.reconcile);
    framework.observe(this.on.action('verify-vpn'), (event) => this.#vpn.answer(event));
    framework.observe(this.on.action('rotate-credentials'), this.#rotateNow);
    framework.observe(this.on.secretRotate, this.#rotateInTime);
    framework.observe(this.on.secretRemove, (event) => this.#credentials.forget(event));
  }

  reconcile = async (): Promise<void> => {
    const faults = optionFaults(this.config);
    if (faults.length > 0) this.unit.addStatus(new BlockedStatus(faults.join('; ')));
    await this.unit.setPorts(this.#app.webPort);
    const credentials = await this.#credentials.read();
    await this.#vpn.reconcile({
      unsafe: this.config['unsafe-mode'],
      start: async (path) => {
        if (faults.length > 0) return;
        if (credentials.kind === 'ok') await this.#workload.start(credentials.content, path);
        else this.unit.addStatus(credentialsStatus(credentials, this.unit.name));
      },
      stop: () => this.#workload.stop(),
    });
    await this.#workload.reportHealth();
  };

  readonly #rotateNow = async (event: ActionEvent): Promise<void> => {
    if (!(await this.unit.isLeader()))
      return event.fail(`only the leader can: juju run ${this.app.name}/leader ${event.name}`);
    const secret = await this.#credentials.renew();
    await this.reconcile();
    await event.setResults({ secret, 'read-with': `juju show-secret --reveal ${secret.replace('secret:', '')}` });
  };

  readonly #rotateInTime = async (event: SecretEvent): Promise<void> => {
    await this.#credentials.renewInTime(event);
    await this.reconcile();
  };
}
