import type { StateStore } from '@charm-ts/ops';
import { formatLossMemory, type LossMemory, neverUp, parseLossMemory, remember } from './loss-memory.js';
import type { TunnelHealth } from './tunnel-health.js';

const key = 'tunnel';

/** Keeps what has to be known of the tunnel's past in the state store, which outlives the pod. */
export class HealthMemory {
  readonly #state: StateStore;

  constructor(state: StateStore) {
    this.#state = state;
  }

  /** Notes this hook's observation. A tunnel that the charm has just restarted starts anew: it was not lost. */
  async note(health: TunnelHealth, now: Date, restarted: boolean): Promise<LossMemory> {
    const text = await this.#state.get(key);
    const memory = remember(restarted ? neverUp : parseLossMemory(text), health, now);
    const next = formatLossMemory(memory);
    if (next === text) return memory;
    if (next === undefined) this.#state.delete(key);
    else this.#state.set(key, next);
    return memory;
  }

  async forget(): Promise<void> {
    if ((await this.#state.get(key)) !== undefined) this.#state.delete(key);
  }
}
