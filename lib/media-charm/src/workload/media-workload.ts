import { type CharmBase, type Container, PebbleChangeError, PebbleError } from '@charm-ts/ops';
import type { OpenPath } from '@charm-ts/vpn-gateway';
import type { CredentialsContent } from '../credentials/credentials.js';
import { type MediaApp, mediaFolder, type SettingsRequest } from '../media-app.js';
import type { MediaMetadata } from '../media-metadata.js';
import { buildVersionFile, imageVersion } from './image-version.js';
import { mediaLayer, webCheck } from './media-layer.js';
import { pageStatus } from './page-status.js';
import { startFault } from './start-fault.js';

const versionKey = 'workload.version';

/** Names under which other pods reach the page. */
const clusterNames = (application: string, model: string): readonly string[] => [
  application,
  `${application}.${model}`,
  `${application}.${model}.svc`,
  `${application}.${model}.svc.cluster.local`,
];

/** The application in its container: its settings, its service, its version and its health. */
export class MediaWorkload {
  readonly #charm: CharmBase<MediaMetadata>;
  readonly #app: MediaApp;
  readonly #container: Container;

  constructor(charm: CharmBase<MediaMetadata>, app: MediaApp) {
    this.#charm = charm;
    this.#app = app;
    this.#container = charm.unit.container(app.name);
  }

  /**
   * Brings settings and service to where they should be; a running application is restarted only when something changed. What does not work
   * becomes a status.
   */
  async start(credentials: CredentialsContent, path: OpenPath | undefined): Promise<void> {
    await this.#orStatus(() => this.#run(credentials, path));
  }

  /** Throws when the application may still run. */
  async stop(): Promise<void> {
    await this.#container.stop(this.#app.name);
  }

  /** Adds a status when the application ends by itself, or its page does not answer. */
  async reportHealth(): Promise<void> {
    await this.#orStatus(async () => {
      if (!(await this.#container.canConnect())) return;
      const [services, check] = await Promise.all([this.#container.services(), this.#container.check(webCheck)]);
      const { unit } = this.#charm;
      const status = pageStatus(this.#app, unit.name, services, check);
      if (status !== undefined) unit.addStatus(status);
    });
  }

  async #orStatus(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { framework, unit } = this.#charm;
      const status = startFault(error, this.#app, unit.name);
      if (status === undefined) throw error;
      unit.addStatus(status);
      // The message of a change has the application's output, which is nobody's business.
      if (error instanceof PebbleError && !(error instanceof PebbleChangeError))
        framework.log.warning(`${this.#app.name}: ${error.message}`);
    }
  }

  async #run(credentials: CredentialsContent, path: OpenPath | undefined): Promise<void> {
    const { app, config, model } = this.#charm;
    const hasMedia = (await model.storages('media')).length > 0;
    await this.#writeSettings({
      credentials,
      names: clusterNames(app.name, model.name),
      mediaFolder: hasMedia ? mediaFolder : undefined,
      path,
    });
    await this.#container.apply(mediaLayer(this.#app, config, hasMedia));
    await this.#reportVersion();
  }

  /** The application rewrites its file when it ends, so it ends first, and what it wrote then is what is edited. */
  async #writeSettings(request: SettingsRequest): Promise<void> {
    const { settingsFile, name } = this.#app;
    const read = async (): Promise<string | undefined> => this.#container.pull(settingsFile);
    const before = await read();
    if (before !== undefined && this.#app.settings(before, request) === before) return;
    await this.#container.stop(name);
    const { puid, pgid } = this.#charm.config;
    await this.#container.push(settingsFile, this.#app.settings((await read()) ?? '', request), {
      permissions: 0o600,
      makeDirs: true,
      userId: puid,
      groupId: pgid,
    });
  }

  async #reportVersion(): Promise<void> {
    const version = imageVersion(await this.#container.pull(buildVersionFile));
    const { state } = this.#charm.framework;
    if (version === undefined || (await state.get(versionKey)) === version) return;
    await this.#charm.unit.setWorkloadVersion(version);
    state.set(versionKey, version);
  }
}
