import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { type Container, PebbleChangeError } from '@charm-ts/ops';
import type { TunnelObservation } from '../health/tunnel-health.js';
import type { VpnKeys } from '../secret/vpn-keys.js';
import { gluetun, gluetunLayer, vpnCheck } from './gluetun-layer.js';
import { addressFile, forwardedPortFile, type GluetunSettings } from './gluetun-settings.js';
import { type KnownFindings, newsLayer } from './news-check.js';
import {
  controlServerRolesFile,
  ownerOnly,
  postRules,
  type SettingsFile,
  settingsDigest,
  settingsFiles,
} from './settings-files.js';
import { parseWrittenFiles, type WrittenFiles, writtenFilesPath } from './written-files.js';

const controlKeyBytes = 32;

const isPort = (text: string): boolean => /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535;

/** What Gluetun is to run with. */
export interface WorkloadPlan {
  readonly settings: GluetunSettings;
  readonly keys: VpnKeys;
  /** Files beside those of the settings. */
  readonly furtherFiles: readonly SettingsFile[];
}

/** Gluetun in its container: the only place that writes there. */
export class GluetunWorkload {
  readonly #container: Container;

  constructor(container: Container) {
    this.#container = container;
  }

  canConnect(): Promise<boolean> {
    return this.#container.canConnect();
  }

  /** What the container shows now; `undefined` while its Pebble does not answer. */
  async look(): Promise<TunnelObservation | undefined> {
    if (!(await this.#container.canConnect())) return undefined;
    const [services, check, address, port] = await Promise.all([
      this.#container.services(),
      this.#container.check(vpnCheck),
      this.#firstLine(addressFile),
      this.#firstLine(forwardedPortFile),
    ]);
    return {
      service: services.find(({ name }) => name === gluetun)?.current ?? 'absent',
      probe: check?.status ?? 'absent',
      lastFailure: check?.lastFailure,
      address: isIP(address) === 0 ? undefined : address,
      forwardedPort: isPort(port) ? Number(port) : undefined,
    };
  }

  /** Makes everything else than these findings an event. */
  async expect(known: KnownFindings): Promise<void> {
    await this.#container.addLayer(newsLayer(known));
  }

  /**
   * Makes Gluetun run with exactly these settings and restarts it when they are others than before.
   *
   * @returns whether it was started or restarted.
   */
  async run({ settings, keys, furtherFiles }: WorkloadPlan): Promise<boolean> {
    const files = [...settingsFiles(settings, keys), ...furtherFiles];
    const digest = settingsDigest(files);
    await this.#write(files, digest);
    try {
      return await this.#container.apply(gluetunLayer(settings, digest));
    } catch (error) {
      // Pebble tries again by itself; the status tells that it has to.
      if (error instanceof PebbleChangeError) return true;
      throw error;
    }
  }

  /** Stops Gluetun and takes its keys out of the container. Its firewall stays closed. */
  async stop(): Promise<void> {
    await this.#container.stop(gluetun);
    const { paths } = await this.#written();
    if (paths.length === 0) return;
    for (const path of paths) await this.#remove(path);
    await this.#container.removePath(writtenFilesPath);
    // A program that was killed leaves its findings behind.
    for (const path of [addressFile, forwardedPortFile]) await this.#remove(path);
    await this.expect({ address: undefined, forwardedPort: undefined });
  }

  /** Ends the present connection; Gluetun chooses a server anew. */
  async reconnect(): Promise<void> {
    await this.#container.restart(gluetun);
  }

  async #write(files: readonly SettingsFile[], digest: string): Promise<void> {
    const before = await this.#written();
    if (before.digest === digest) return;
    const roles = controlServerRolesFile(randomBytes(controlKeyBytes).toString('hex'));
    const wanted = [...files, roles];
    const paths = wanted.map(({ path }) => path);
    for (const path of [...before.paths.filter((old) => !paths.includes(old)), postRules]) await this.#remove(path);
    for (const { path, content } of wanted) await this.#push(path, content);
    const written: WrittenFiles = { digest, paths };
    await this.#push(writtenFilesPath, JSON.stringify(written));
  }

  async #firstLine(path: string): Promise<string> {
    const [line = ''] = ((await this.#container.pull(path)) ?? '').split('\n');
    return line.trim();
  }

  /** An earlier hook may have ended half-way: what is gone already is no fault. */
  #remove(path: string): Promise<void> {
    return this.#container.removePath(path, { recursive: true });
  }

  #push(path: string, content: string): Promise<void> {
    return this.#container.push(path, content, { permissions: ownerOnly, makeDirs: true });
  }

  async #written(): Promise<WrittenFiles> {
    return parseWrittenFiles(await this.#container.pull(writtenFilesPath));
  }
}
