import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CharmDefinition } from '../charm/charm-definition.js';
import { readCharmFolder } from '../charm/read-charm-folder.js';
import type { ModelClock } from '../clock/model-clock.js';
import { VirtualClock } from '../clock/virtual-clock.js';
import { ApplicationDrivers, type Charm } from '../drivers/application-drivers.js';
import { definitionOf } from '../drivers/in-process-charm.js';
import { TestingError } from '../errors/testing-error.js';
import type { ActionOutcome } from '../hook-tools/hook-context.js';
import { makeToolsFolder } from '../hook-tools/process/tools-folder.js';
import { Journal } from '../journal/journal.js';
import { type ApplicationOptions, JujuModel } from '../model/juju-model.js';
import type { Status } from '../model/status.js';
import { Cluster } from '../pod/cluster.js';
import type { Pod } from '../pod/pod.js';
import { type Candidate, type HookFailure, HookLoop } from './hook-loop.js';
import { JujuCommands } from './juju-commands.js';
import { JujuInCluster } from './juju-in-cluster.js';
import { PodKeeper } from './pod-keeper.js';
import { settle, waitFor } from './passing-time.js';
import type { SandboxOptions } from './sandbox-options.js';
import { shownStatus } from './shown-status.js';

/**
 * A whole model: applications whose hooks really run, pods that come and go, a cluster and a VPN that can fail.
 *
 * @example
 * const sandbox = await Sandbox.create();
 * await sandbox.deploy(GluetunCharm, 'gluetun', { trust: true });
 * await sandbox.settle();
 * expect(sandbox.status('gluetun/0').name).toBe('blocked');
 * await sandbox.close();
 */
export class Sandbox extends JujuCommands {
  readonly clock: ModelClock;
  readonly cluster: Cluster;
  readonly #juju: JujuInCluster;
  readonly #pods: PodKeeper;
  readonly #loop: HookLoop;
  readonly #folder: string;
  readonly #drivers: ApplicationDrivers;
  readonly #ownsCluster: boolean;
  readonly #endings: (() => void)[] = [];

  private constructor(options: SandboxOptions, cluster: Cluster) {
    const clock = options.clock ?? new VirtualClock();
    const journal = new Journal(() => clock.now());
    const model = new JujuModel({
      journal,
      ...(options.model === undefined ? {} : { name: options.model }),
      ...(options.jujuVersion === undefined ? {} : { jujuVersion: options.jujuVersion }),
    });
    const juju = new JujuInCluster(model, cluster);
    super({ model, journal, juju });
    this.clock = clock;
    this.cluster = cluster;
    this.#juju = juju;
    this.#ownsCluster = options.cluster === undefined;
    this.#drivers = new ApplicationDrivers(clock, options.connect);
    this.#folder = mkdtempSync(join(tmpdir(), 'cs-'));
    this.#pods = new PodKeeper({
      model: this.model,
      cluster,
      clock: this.clock,
      folder: this.#folder,
      images: options.images ?? {},
      record: (unit, kind, detail) => {
        this.#record(unit, kind, detail);
      },
      install: (pod) => {
        this.#drivers.of(pod.unit.split('/')[0] ?? '').install(pod);
      },
    });
    this.#loop = new HookLoop({
      model: this.model,
      pods: this.#pods,
      cluster,
      toolsDir: join(this.#folder, 'tools'),
      pebbleReady: options.pebbleReady ?? 'after-start',
      driverOf: (app) => this.#drivers.of(app),
      choose: options.choose,
    });
    this.#endings.push(
      this.clock.onTick(() => {
        this.#pods.refresh();
      }),
      cluster.onWrite((write) => {
        const name = write.namespace === '' ? write.name : `${write.namespace}/${write.name}`;
        const unchanged = write.changed ? '' : ' (no change)';
        this.#record(write.unit, `kubernetes-${write.verb}`, `${write.kind} ${name}${unchanged}`);
        this.#pods.refresh();
      }),
    );
  }

  static async create(options: SandboxOptions = {}): Promise<Sandbox> {
    const cluster = options.cluster ?? (await Cluster.start());
    const sandbox = new Sandbox(options, cluster);
    makeToolsFolder(join(sandbox.#folder, 'tools'));
    return sandbox;
  }

  /** Hooks that could run now. */
  get due(): readonly Candidate[] {
    return this.#loop.due();
  }

  /** Hooks that ended with an error or were killed, oldest first. */
  get failures(): readonly HookFailure[] {
    return this.#loop.failures;
  }

  /** `juju debug-log`. */
  get logs(): HookLoop['logs'] {
    return this.#loop.logs;
  }

  async deploy(
    charm: Charm,
    name: string,
    options: ApplicationOptions & { readonly metadata?: CharmDefinition } = {},
  ): Promise<void> {
    const definition =
      options.metadata ?? (typeof charm === 'string' ? readCharmFolder(charm) : await definitionOf(charm));
    const application = this.model.deploy(definition, name, options);
    this.#drivers.add(name, charm);
    this.#juju.create(application);
    this.#user(`deploy ${name}${application.trust ? ' --trust' : ''}`);
  }

  /** What an application was deployed from: a class or a folder. */
  charm(app: string): Charm {
    return this.#drivers.charm(app);
  }

  /** `juju run`: queues the action and runs hooks until it has ended. */
  async run(unit: string, action: string, params: Readonly<Record<string, unknown>> = {}): Promise<ActionOutcome> {
    const id = this.startAction(unit, action, params);
    return this.waitFor(() => this.actionOutcome(id), `action ${action} of ${unit}`);
  }

  /** How an action ended; undefined while it has not. */
  actionOutcome(id: string): ActionOutcome | undefined {
    return this.#loop.actionOutcomes.get(id);
  }

  /** The outside of a gateway: its VPN server answers, or not. */
  vpn(unit: string, state: 'up' | 'down'): void {
    this.model.unit(unit);
    this.#user(`vpn of ${unit} ${state}`);
    this.#pods.setVpn(unit, state);
  }

  /** The outside of a gateway that asks for a port: its provider gives this one from now on. */
  forwardedPort(unit: string, port: number): void {
    this.model.unit(unit);
    this.#user(`forwarded port of ${unit} ${port}`);
    this.#pods.setForwardedPort(unit, port);
  }

  /** Deletes a unit's pod; the StatefulSet makes a new one. */
  deletePod(unit: string): void {
    this.#user(`delete pod ${unit.replace('/', '-')}`);
    this.#pods.evict(this.model.unit(unit));
  }

  /** The next `times` runs of a hook tool fail with this text. */
  failTool(tool: string, stderr: string, { times = 1, exitCode = 1 } = {}): void {
    this.#loop.faults.push({ tool, stderr, times, exitCode });
  }

  /** Sends a signal to the running hook of a unit whose charm runs as processes. */
  killHook(unit: string, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): boolean {
    return this.#drivers.kill(this.model.unit(unit).app, unit, signal);
  }

  status(unit: string): Status {
    return shownStatus(this.model.unit(unit));
  }

  pod(unit: string): Pod {
    const found = this.#pods.get(unit);
    if (found === undefined) throw new TestingError('unknown-unit', `unit "${unit}" has no pod: call settle() first`);
    return found;
  }

  hasPod(unit: string): boolean {
    return this.#pods.get(unit) !== undefined;
  }

  /** Runs one hook; undefined when none is due. */
  async step(): Promise<Candidate | undefined> {
    const ran = await this.#loop.step();
    this.#tidy();
    return ran;
  }

  /**
   * Runs hooks until nothing is due, and with a virtual clock until `quiet` milliseconds (30 s) have brought nothing new either.
   *
   * @throws TestingError `never-idle` after `limit` hooks, naming what keeps the model busy.
   */
  async settle({ quiet = 30_000, limit = 400 } = {}): Promise<void> {
    await settle(this, quiet, limit);
  }

  /** Runs hooks, and lets time pass where none is due, until the condition gives something. */
  async waitFor<T>(
    condition: () => T | undefined | false,
    what = 'the condition',
    { within = 120_000 } = {},
  ): Promise<T> {
    return waitFor(this, condition, what, within);
  }

  async close(): Promise<void> {
    for (const end of this.#endings) end();
    await this.#pods.close();
    this.clock.close();
    if (this.#ownsCluster) await this.cluster.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Juju's objects go with the last unit. */
  #tidy(): void {
    for (const name of this.#drivers.drop((app) => this.model.applications.has(app))) {
      this.#juju.remove(name);
      this.#pods.forget(name);
      this.journal.record({ actor: 'juju', kind: 'application-removed', detail: name });
    }
  }

  /** Names the running hook when it is this unit's, or this application's. */
  #record(actor: string, kind: string, detail: string): void {
    const { running } = this.#loop;
    const own = running?.unit === actor || running?.unit.split('/')[0] === actor;
    if (running !== undefined && own) this.journal.record({ actor: running.unit, hook: running.hook, kind, detail });
    else this.journal.record({ actor, kind, detail });
  }

  #user(detail: string): void {
    this.journal.record({ actor: 'user', kind: 'juju', detail });
  }
}
