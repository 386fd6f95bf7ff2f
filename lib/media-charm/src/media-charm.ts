import {
  type ActionEvent,
  BlockedStatus,
  CharmBase,
  type Framework,
  type SecretEvent,
  WaitingStatus,
} from '@charm-ts/ops';
import { VpnGatewayRequirer } from '@charm-ts/vpn-gateway';
import { Credentials } from './credentials/credentials.js';
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
    framework.observe(this.on.secretRemove, this.#forgetRevision);
  }

  reconcile = async (): Promise<void> => {
    const faults = optionFaults(this.config);
    if (faults.length > 0) this.unit.addStatus(new BlockedStatus(faults.join('; ')));
    await this.unit.setPorts(this.#app.webPort);
    const credentials = await this.#credentials.present();
    await this.#vpn.reconcile({
      unsafe: this.config['unsafe-mode'],
      start: async (path) => {
        if (faults.length > 0) return;
        if (credentials === undefined)
          this.unit.addStatus(new WaitingStatus('waiting for the leader to make the credentials'));
        else await this.#workload.start(credentials, path);
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

  /** Juju asks again until there is a new revision. */
  readonly #rotateInTime = async (event: SecretEvent): Promise<void> => {
    if (!this.#credentials.isOurs(event) || !(await this.unit.isLeader())) return;
    await this.#credentials.renew();
    await this.reconcile();
  };

  /** Juju asks again until the revision that nobody reads any more is gone. */
  readonly #forgetRevision = async ({ secretId, revision }: SecretEvent): Promise<void> => {
    if (revision !== undefined) await this.model.secret(secretId).removeRevision(revision);
  };
}
