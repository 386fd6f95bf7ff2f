import type { DispatchSession } from '../framework/dispatch-session.js';
import { addSecret, type SecretDetails } from '../hook-tools/secret-tools.js';
import { readPlannedUnits } from '../hook-tools/unit-tools.js';
import { Secret } from './secret.js';

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

  /**
   * Makes a secret that the application owns. Its content never is on a command line.
   * Throws {@link NotLeaderError} in a unit that does not lead, {@link SecretContentError} for a key that Juju would refuse.
   *
   * @example
   * ```ts
   * const found = await this.model.secretByLabel('admin');
   * const admin = found ?? (await this.app.addSecret({ password }, { label: 'admin', rotate: 'monthly' }));
   * ```
   */
  async addSecret(content: Readonly<Record<string, string>>, details: SecretDetails = {}): Promise<Secret> {
    const { tools } = this.#session;
    return new Secret(tools, { id: await addSecret(tools, 'application', content, details) }, content);
  }
}
