import type { ModelClock } from '../clock/model-clock.js';
import type { HookOutcome } from '../hook-tools/hook-context.js';
import type { HookDriver, HookRun } from './hook-driver.js';
import type { InProcessCharm } from './in-process-charm.js';

/** Runs hooks as calls of `CharmClass.dispatch` in this process: milliseconds each, with the model's own clock. */
export class InProcessDriver implements HookDriver {
  readonly #charm: InProcessCharm;
  readonly #clock: ModelClock;

  constructor(charm: InProcessCharm, clock: ModelClock) {
    this.#charm = charm;
    this.#clock = clock;
  }

  async run({ context, environment }: HookRun): Promise<HookOutcome> {
    const { exitCode, error } = await this.#charm.dispatch({
      environment,
      hookTools: context,
      clock: this.#clock,
      stderr: (text) => {
        context.log.push({ level: 'WARNING', message: text.trimEnd() });
      },
    });
    return { kind: 'exited', exitCode, error };
  }

  install(): void {
    // The class is the charm: there is nothing to unpack.
  }
}
