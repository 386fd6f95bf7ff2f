import { Agenda, type DaemonClock } from './agenda.js';
import { ChangeLog } from './change-log.js';
import { CheckManager, type CheckState } from './check-manager.js';
import { ContainerFiles, type Volume } from './container-files.js';
import { PebbleServer, type RequestRecord } from './http/pebble-server.js';
import type { PebbleEvent } from './pebble-event.js';
import { PlanManager } from './plan/plan-manager.js';
import type { PlanView } from './plan/plan-view.js';
import { ServiceManager, type ServiceState } from './service-manager.js';
import type { ExecContext, WorkloadContext, WorkloadSimulation } from './workload-simulation.js';

/** How a container is set up. */
export interface PebbleDaemonOptions {
  /** At most 107 bytes: a limit of Unix sockets. */
  readonly socketPath: string;
  readonly workload: WorkloadSimulation;
  readonly clock: DaemonClock;
  /** Records an effect: `pebble-layer`, `pebble-service`, `pebble-check`, `pebble-file`, `pebble-exec`. */
  readonly journal?: (kind: string, detail: string) => void;
  /** Files of the image by path. */
  readonly image?: Readonly<Record<string, string>>;
  /** What survives a restart of the container, by the path where it is mounted. */
  readonly volumes?: ReadonlyMap<string, Volume>;
  /** Layers that the image brings, as YAML by label. */
  readonly layers?: Readonly<Record<string, string>>;
  /** Whether services wait for a client, as Juju has it; true by default. */
  readonly hold?: boolean;
  /** Names of users and groups and their numbers; `root` is always known. */
  readonly users?: Readonly<Record<string, number>>;
  readonly version?: string;
}

/**
 * The Pebble of one container: its real HTTP API on a Unix socket, with simulated programs behind it. Time is the clock's:
 * checks run, and services end or are restarted, when it moves.
 *
 * @example
 * ```ts
 * const daemon = new PebbleDaemon({ socketPath, workload, clock });
 * daemon.subscribe((event) => fire(event));
 * await daemon.start();
 * await clock.advance(10_000);
 * daemon.checks; // [{ name: 'vpn-route', status: 'down', … }]
 * await daemon.stop();
 * ```
 */
export class PebbleDaemon {
  /** The container's files, readable and writable. */
  readonly files: ContainerFiles;
  readonly #options: PebbleDaemonOptions;
  readonly #agenda: Agenda;
  readonly #listeners = new Set<(event: PebbleEvent) => void>();
  readonly #changes: ChangeLog;
  readonly #plan: PlanManager;
  readonly #services: ServiceManager;
  readonly #checks: CheckManager;
  readonly #server: PebbleServer;
  #endTicks: (() => void) | undefined;
  #boots = 0;

  constructor(options: PebbleDaemonOptions) {
    this.#options = options;
    this.#agenda = new Agenda(options.clock);
    const now = (): Date => this.#agenda.now();
    const journal = options.journal ?? ((): void => undefined);
    const emit = (event: PebbleEvent): void => {
      this.#emit(event);
    };
    this.files = new ContainerFiles(now, options.volumes);
    this.files.reset(options.image ?? {});
    this.#changes = new ChangeLog(now);
    this.#plan = new PlanManager(journal);
    const context = (): WorkloadContext => this.#context();
    const shared = { agenda: this.#agenda, changes: this.#changes, plan: this.#plan, journal, emit, context };
    this.#services = new ServiceManager({ ...shared, workload: options.workload });
    this.#checks = new CheckManager({ ...shared, workload: options.workload, services: this.#services });
    this.#plan.onChange = (): void => {
      this.#checks.planChanged();
    };
    this.#server = new PebbleServer({
      ...shared,
      socketPath: options.socketPath,
      workload: options.workload,
      files: this.files,
      services: this.#services,
      checks: this.#checks,
      users: { root: 0, ...options.users },
      systemInfo: () => ({ 'boot-id': bootId(this.#boots), version: options.version ?? 'v1.32.1' }),
      execContext: (extra: Omit<ExecContext, keyof WorkloadContext>) => ({ ...this.#context(), ...extra }),
    });
  }

  get socketPath(): string {
    return this.#options.socketPath;
  }

  get plan(): PlanView {
    return this.#plan.view();
  }

  get services(): readonly ServiceState[] {
    return this.#services.states();
  }

  get checks(): readonly CheckState[] {
    return this.#checks.states();
  }

  /** Requests since the container was made, oldest first. */
  get requests(): readonly RequestRecord[] {
    return this.#server.requests;
  }

  get running(): boolean {
    return this.#endTicks !== undefined;
  }

  /** Calls back for every event; the result ends it. */
  subscribe(listener: (event: PebbleEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts the container: an empty plan but for the image's layers, no service running (see `hold`), then `ready`. */
  async start(): Promise<void> {
    if (this.running) return;
    this.#boots += 1;
    await this.#server.listen();
    this.#endTicks = this.#options.clock.onTick(() => {
      this.tick();
    });
    for (const [label, yaml] of Object.entries(this.#options.layers ?? {})) this.#plan.add(label, yaml, false);
    if (this.#options.hold === false) this.#services.autostart();
    this.#emit({ kind: 'ready' });
  }

  /** Ends the container: programs, clock, socket and connections. */
  async stop(): Promise<void> {
    if (!this.running) return;
    this.#endTicks?.();
    this.#endTicks = undefined;
    this.#services.killAll();
    this.#checks.forget();
    this.#agenda.clear();
    this.#plan.forget();
    this.#changes.forget();
    await this.#server.close();
  }

  /** Restarts the container: layers, services and files that are in no volume are gone. */
  async restart(): Promise<void> {
    await this.stop();
    this.files.reset(this.#options.image ?? {});
    await this.start();
  }

  /** Does what is due by the clock; the clock calls this at each step. */
  tick(): void {
    this.#agenda.catchUp();
  }

  /** Lets the process of a running service end. */
  exitService(name: string, exitCode: number): void {
    this.#services.exited(name, exitCode);
  }

  #context(): WorkloadContext {
    return {
      files: this.files,
      plan: this.plan,
      now: this.#agenda.now(),
      isRunning: (service) => this.#services.isRunning(service),
    };
  }

  #emit(event: PebbleEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function bootId(boots: number): string {
  return `00000000-0000-4000-8000-${String(boots).padStart(12, '0')}`;
}
