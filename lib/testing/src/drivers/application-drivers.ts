import type { ModelClock } from '../clock/model-clock.js';
import { TestingError } from '../errors/testing-error.js';
import type { HookDriver } from './hook-driver.js';
import type { InProcessCharm } from './in-process-charm.js';
import { type Connect, InProcessDriver } from './in-process-driver.js';
import { ProcessDriver } from './process-driver.js';

/** A charm class, or the folder of a packed charm, which then runs as processes. */
export type Charm = InProcessCharm | string;

/** How the hooks of each application run. */
export class ApplicationDrivers {
  readonly #drivers = new Map<string, HookDriver>();
  readonly #charms = new Map<string, Charm>();
  readonly #clock: ModelClock;
  readonly #connect: Connect | undefined;

  constructor(clock: ModelClock, connect: Connect | undefined) {
    this.#clock = clock;
    this.#connect = connect;
  }

  add(app: string, charm: Charm): void {
    const driver =
      typeof charm === 'string' ? new ProcessDriver(charm) : new InProcessDriver(charm, this.#clock, this.#connect);
    this.#drivers.set(app, driver);
    this.#charms.set(app, charm);
  }

  /** What the application was deployed from. */
  charm(app: string): Charm {
    const charm = this.#charms.get(app);
    if (charm === undefined) throw new TestingError('unknown-application', `application "${app}" not found`);
    return charm;
  }

  of(app: string): HookDriver {
    const driver = this.#drivers.get(app);
    if (driver === undefined) throw new TestingError('unknown-application', `application "${app}" not found`);
    return driver;
  }

  /** Sends a signal to the running hook of a unit whose charm runs as processes. */
  kill(app: string, unit: string, signal: 'SIGTERM' | 'SIGKILL'): boolean {
    const driver = this.of(app);
    return driver instanceof ProcessDriver && driver.kill(unit, signal);
  }

  /** Drops those of applications that are gone, and names them. */
  drop(isThere: (app: string) => boolean): readonly string[] {
    const gone = [...this.#drivers.keys()].filter((app) => !isThere(app));
    for (const app of gone) {
      this.#drivers.delete(app);
      this.#charms.delete(app);
    }
    return gone;
  }
}
