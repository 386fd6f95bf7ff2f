import type { HookToolSession } from '../hook-tools/hook-tool-session.js';
import { readStatus, writeStatus } from '../hook-tools/status-tools.js';
import type { SettableStatus, StatusName } from '../model/status.js';

/** From mild to grave. */
const gravity: readonly StatusName[] = ['active', 'waiting', 'maintenance', 'blocked'];

/** The statuses that handlers have added in this dispatch; the gravest is the unit's, the first of equals. */
export class StatusCollection {
  #worst: SettableStatus | undefined;
  #shown: { readonly name: string; readonly message: string } | undefined;

  add(status: SettableStatus): void {
    const worse = this.#worst === undefined || gravity.indexOf(status.name) > gravity.indexOf(this.#worst.name);
    if (worse) this.#worst = status;
  }

  /** The gravest so far. */
  get worst(): SettableStatus | undefined {
    return this.#worst;
  }

  /** Shows the gravest status where Juju shows another one. */
  async commit(tools: HookToolSession): Promise<void> {
    const status = this.#worst;
    if (status === undefined) return;
    this.#shown ??= await readStatus(tools);
    if (this.#shown.name === status.name && this.#shown.message === status.message) return;
    await writeStatus(tools, status);
    this.#shown = status;
  }
}
