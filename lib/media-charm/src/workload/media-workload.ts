import { BlockedStatus, type CharmBase, type Container } from '@charm-ts/ops';
import type { OpenPath } from '@charm-ts/vpn-gateway';
import type { CredentialsContent } from '../credentials/credentials.js';
import { type MediaApp, mediaFolder, type SettingsRequest } from '../media-app.js';
import type { MediaMetadata } from '../media-metadata.js';
import { SettingsFileError } from '../settings/settings-file-error.js';
import { buildVersionFile, imageVersion } from './image-version.js';
import { mediaLayer, webCheck } from './media-layer.js';
import { pageStatus } from './page-status.js';

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

  /** Brings settings and service to where they should be; a running application is restarted only when something changed. */
  async start(credentials: CredentialsContent, path: OpenPath | undefined): Promise<void> {
    const { app, config, model, unit } = this.#charm;
    const hasMedia = (await model.storages('media')).length > 0;
    try {
      await this.#writeSettings({
        credentials,
        names: clusterNames(app.name, model.name),
        mediaFolder: hasMedia ? mediaFolder : undefined,
        path,
      });
    } catch (error) {
      if (!(error instanceof SettingsFileError)) throw error;
      unit.addStatus(new BlockedStatus(`${this.#app.settingsFile}: ${error.message}; mend or remove it`));
      return;
    }
    await this.#container.apply(mediaLayer(this.#app, config, hasMedia));
    await this.#reportVersion();
  }

  async stop(): Promise<void> {
    await this.#container.stop(this.#app.name);
  }

  /** Adds a status when the page of the running application does not answer. */
  async reportHealth(): Promise<void> {
    if (!(await this.#container.canConnect())) return;
    const [services, check] = await Promise.all([this.#container.services(), this.#container.check(webCheck)]);
    const status = pageStatus(this.#app, services, check);
    if (status !== undefined) this.#charm.unit.addStatus(status);
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
