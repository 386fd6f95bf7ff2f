import { lastErrorOf } from './change.js';
import type {
  CheckInfo,
  ExecOptions,
  ExecResult,
  FileInfo,
  ListOptions,
  MakeDirOptions,
  PushOptions,
  RemoveOptions,
  ServiceInfo,
} from './info.js';
import type { Layer, Plan } from './layer.js';
import type { CheckRecord, PebbleClient, WaitOptions } from './pebble-client.js';
import { PebbleApiError, PebbleChangeError, PebbleError } from './pebble-errors.js';
import { changedServices, planContains } from './plan-comparison.js';
import { stopPatience } from './stop-patience.js';

/**
 * A workload container of the unit. What it is asked for it compares with what is there first, and writes only the difference.
 *
 * @example
 * ```ts
 * const container = this.unit.container('gluetun');
 * if (!(await container.canConnect())) return this.unit.addStatus(new WaitingStatus('waiting for the container'));
 * await container.push('/run/gluetun/auth.toml', toml, { permissions: 0o600, makeDirs: true });
 * await container.apply(layer);
 * ```
 */
export class Container {
  readonly name: string;
  /** The API behind this container. */
  readonly pebble: PebbleClient;

  constructor(name: string, pebble: PebbleClient) {
    this.name = name;
    this.pebble = pebble;
  }

  /** Whether Pebble answers. A pod that is starting or ending is a usual thing, so this never throws. */
  async canConnect(): Promise<boolean> {
    try {
      await this.pebble.systemInfo();
      return true;
    } catch (error) {
      if (error instanceof PebbleError) return false;
      throw error;
    }
  }

  /**
   * Makes the plan contain the layer, with running services restarted where their configuration changed, and its `startup: enabled` services started.
   * A service that was stopped on purpose stays stopped unless it is enabled; Pebble's replan would start it.
   *
   * @returns whether anything was written.
   * @throws PebbleChangeError when a service does not start or ends at once.
   */
  async apply(layer: Layer): Promise<boolean> {
    const plan = await this.pebble.plan();
    const added = !planContains(plan, layer);
    if (added) {
      await this.pebble.addLayer(layer, { combine: true });
      await this.#restartRunning(changedServices(plan, layer), stopPatience(plan.services, layer.services ?? {}));
    }
    const wanted = Object.entries(layer.services ?? {}).flatMap(([name, { startup }]) =>
      startup === 'enabled' ? [name] : [],
    );
    const started = await this.#startInactive(wanted);
    return added || started;
  }

  /**
   * Makes the plan contain the layer and leaves services as they are. Pebble itself starts checks that are new or changed.
   *
   * @returns whether anything was written.
   */
  async addLayer(layer: Layer): Promise<boolean> {
    if (planContains(await this.pebble.plan(), layer)) return false;
    await this.pebble.addLayer(layer, { combine: true });
    return true;
  }

  /**
   * Pebble's own replan: restarts services whose configuration changed and starts those with `startup: enabled`.
   * It also starts a changed service that had been stopped; {@link Container.apply} does not.
   */
  async replan(): Promise<void> {
    await this.pebble.replanServices(await this.#patience());
  }

  /** Starts services; those that run are left alone. */
  async start(...services: readonly string[]): Promise<void> {
    const known = await this.#settled(services);
    const idle = services.filter((name) => known.get(name) !== 'active');
    if (idle.length > 0) await this.pebble.startServices(idle);
  }

  /**
   * Stops services and waits for their end, longer than their `kill-delay`; those that do not run, or do not exist, need nothing.
   *
   * @throws PebbleTimeoutError or PebbleChangeError when they may still run.
   */
  async stop(...services: readonly string[]): Promise<void> {
    const known = await this.#settled(services);
    const running = services.filter((name) => (known.get(name) ?? 'inactive') !== 'inactive');
    if (running.length > 0) await this.pebble.stopServices(running, await this.#patience());
  }

  async restart(...services: readonly string[]): Promise<void> {
    if (services.length > 0) await this.pebble.restartServices(services, await this.#patience());
  }

  async services(): Promise<readonly ServiceInfo[]> {
    return this.pebble.services();
  }

  /** All checks, with the reason of those that fail. */
  async checks(): Promise<readonly CheckInfo[]> {
    return Promise.all((await this.pebble.checks()).map((check) => this.#withReason(check)));
  }

  async check(name: string): Promise<CheckInfo | undefined> {
    const [check] = await this.pebble.checks([name]);
    return check === undefined ? undefined : this.#withReason(check);
  }

  async plan(): Promise<Plan> {
    return this.pebble.plan();
  }

  /** Writes a file; Pebble replaces it in one step. */
  async push(path: string, content: string | Uint8Array, options?: PushOptions): Promise<void> {
    await this.pebble.files.push(path, content, options);
  }

  /** The text of a file, or undefined when there is none. */
  async pull(path: string): Promise<string | undefined> {
    const bytes = await this.pullBytes(path);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }

  async pullBytes(path: string): Promise<Uint8Array | undefined> {
    return this.pebble.files.pull(path);
  }

  async exists(path: string): Promise<boolean> {
    return (await this.pebble.files.describe(path)) !== undefined;
  }

  /** Entries of a directory by name; empty when there is no such path. */
  async listFiles(path: string, options?: ListOptions): Promise<readonly FileInfo[]> {
    return (await this.pebble.files.list(path, options)) ?? [];
  }

  async makeDir(path: string, options?: MakeDirOptions): Promise<void> {
    await this.pebble.files.makeDir(path, options);
  }

  async removePath(path: string, options?: RemoveOptions): Promise<void> {
    await this.pebble.files.remove(path, options);
  }

  /** Runs a command; a non-zero exit code is a result. See {@link PebbleClient.exec}. */
  async exec(command: readonly string[], options?: ExecOptions): Promise<ExecResult> {
    return this.pebble.exec(command, options);
  }

  async #current(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (names.length === 0) return new Map();
    return new Map((await this.pebble.services(names)).map(({ name, current }) => [name, current]));
  }

  /**
   * What services do, once Pebble has done what it is doing with any of them. It shows a service that is still ending as `inactive` and takes
   * a second stop for done (stateToStatus and serviceForStop in its servstate): only the change of the first stop tells.
   */
  async #settled(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (names.length === 0) return new Map();
    for (const { id, tasks } of await this.pebble.changes('in-progress')) {
      if (!tasks.some(({ kind }) => kind === 'start' || kind === 'stop')) continue;
      const ended = await this.pebble.waitChange(id, await this.#patience());
      if (ended.tasks.some(({ kind, status }) => kind === 'stop' && status === 'Error')) {
        throw new PebbleChangeError(ended);
      }
    }
    return this.#current(names);
  }

  async #patience(): Promise<WaitOptions> {
    return { timeoutMs: stopPatience((await this.pebble.plan()).services) };
  }

  async #restartRunning(names: readonly string[], timeoutMs: number): Promise<void> {
    const known = await this.#current(names);
    const running = names.filter((name) => ['active', 'backoff'].includes(known.get(name) ?? ''));
    if (running.length > 0) await this.pebble.restartServices(running, { timeoutMs });
  }

  async #startInactive(names: readonly string[]): Promise<boolean> {
    const known = await this.#settled(names);
    // A service in back-off is Pebble's to restart: starting it here would reset its growing delay.
    const idle = names.filter((name) => ['inactive', 'error'].includes(known.get(name) ?? 'inactive'));
    if (idle.length > 0) await this.pebble.startServices(idle);
    return idle.length > 0;
  }

  async #withReason({ changeId, prevChangeId, ...check }: CheckRecord): Promise<CheckInfo> {
    if (check.failures === 0) return check;
    // A check that has just gone down has a new, empty change: the failures that brought it there are in the one before.
    for (const id of [changeId, prevChangeId]) {
      const reason = id === undefined ? undefined : await this.#lastErrorOf(id);
      if (reason !== undefined) return { ...check, lastFailure: reason };
    }
    return check;
  }

  async #lastErrorOf(changeId: string): Promise<string | undefined> {
    try {
      return lastErrorOf(await this.pebble.change(changeId));
    } catch (error) {
      // Pebble forgets old changes.
      if (error instanceof PebbleApiError && error.status === 404) return undefined;
      throw error;
    }
  }
}
