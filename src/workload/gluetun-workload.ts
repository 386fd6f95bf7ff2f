import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { type Clock, type Container, PebbleChangeError } from '@charm-ts/ops';
import { isSettled, type TunnelHealth, tunnelHealth, type TunnelObservation } from '../health/tunnel-health.js';
import type { VpnKeys } from '../secret/vpn-keys.js';
import { gluetun, gluetunLayer, vpnCheck } from './gluetun-layer.js';
import { addressFile, type GluetunSettings } from './gluetun-settings.js';
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
const pollMilliseconds = 500;
/** Two periods of the probe and its timeout: by then it is known to pass or Pebble has called it down. */
const settleMilliseconds = 16_000;

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
  readonly #clock: Clock;

  constructor(container: Container, clock: Clock) {
    this.#container = container;
    this.#clock = clock;
  }

  canConnect(): Promise<boolean> {
    return this.#container.canConnect();
  }

  async isRunning(): Promise<boolean> {
    const services = await this.#container.services();
    return services.some(({ name, current }) => name === gluetun && current === 'active');
  }

  async #observe(): Promise<TunnelObservation> {
    const [services, check, address] = await Promise.all([
      this.#container.services(),
      this.#container.check(vpnCheck),
      this.#container.pull(addressFile),
    ]);
    const found = address?.trim() ?? '';
    return {
      service: services.find(({ name }) => name === gluetun)?.current ?? 'absent',
      probe: check?.status ?? 'absent',
      lastFailure: check?.lastFailure,
      address: isIP(found) === 0 ? undefined : found,
    };
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
    for (const path of paths) await this.#container.removePath(path);
    await this.#container.removePath(writtenFilesPath);
  }

  /**
   * How the tunnel is. With `patient` an undecided tunnel is given seconds to come up or to be called down: without
   * that, one that comes up before the probe has failed once would cause no event, and the charm would learn of it
   * minutes later.
   */
  async health({ patient }: { readonly patient: boolean }): Promise<TunnelHealth> {
    const end = this.#clock.now().getTime() + settleMilliseconds;
    for (;;) {
      const health = tunnelHealth(await this.#observe());
      if (!patient || isSettled(health) || this.#clock.now().getTime() >= end) return health;
      await this.#clock.sleep(pollMilliseconds);
    }
  }

  async #write(files: readonly SettingsFile[], digest: string): Promise<void> {
    const before = await this.#written();
    if (before.digest === digest) return;
    const roles = controlServerRolesFile(randomBytes(controlKeyBytes).toString('hex'));
    const wanted = [...files, roles];
    const paths = wanted.map(({ path }) => path);
    for (const path of before.paths.filter((old) => !paths.includes(old))) await this.#container.removePath(path);
    if (await this.#container.exists(postRules)) await this.#container.removePath(postRules);
    for (const { path, content } of wanted) await this.#push(path, content);
    const written: WrittenFiles = { digest, paths };
    await this.#push(writtenFilesPath, JSON.stringify(written));
  }

  #push(path: string, content: string): Promise<void> {
    return this.#container.push(path, content, { permissions: ownerOnly, makeDirs: true });
  }

  async #written(): Promise<WrittenFiles> {
    return parseWrittenFiles(await this.#container.pull(writtenFilesPath));
  }
}
