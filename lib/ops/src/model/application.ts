import type { DispatchSession } from '../framework/dispatch-session.js';
import { readPlannedUnits } from '../hook-tools/unit-tools.js';

/** The application that this unit is one of. */
export class Application {
  readonly name: string;
  readonly #session: DispatchSession;

  /** Built by {@link CharmBase}. */
  constructor(session: DispatchSession) {
    this.name = session.context.appName;
    this.#session = session;
  }

  /** Number of units that the application is going to have: those that come, without those that go. 0 while it is being removed. */
  plannedUnits(): Promise<number> {
    return readPlannedUnits(this.#session.tools);
  }
}
