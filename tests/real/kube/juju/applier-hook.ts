import type { HookEvent, KubeApi, SettableStatus } from '@charm-ts/ops';
import type { ApplierCharm } from '@charm-ts/vpn-gateway';

/** Hooks of one leader unit as an `ObjectApplier` sees them: state that lasts, effects at the end of the hook. */
export class ApplierHooks {
  readonly #api: KubeApi;
  readonly #app: string;
  readonly #state: Map<string, string>;

  /** @param state - what earlier hooks have left in the controller */
  constructor(api: KubeApi, app: string, state = new Map<string, string>()) {
    this.#api = api;
    this.#app = app;
    this.#state = state;
  }

  /** Runs `reconcile`, then the effects that it has left for the commit. */
  async run<T>(
    reconcile: (charm: ApplierCharm) => Promise<T>,
  ): Promise<{ readonly outcome: T; readonly statuses: readonly SettableStatus[] }> {
    const effects: (() => Promise<void>)[] = [];
    const statuses: SettableStatus[] = [];
    const outcome = await reconcile(this.#charm(effects, statuses));
    for (const effect of effects) await effect();
    return { outcome, statuses };
  }

  #charm(effects: (() => Promise<void>)[], statuses: SettableStatus[]): ApplierCharm {
    const nothing = (): void => undefined;
    const event: HookEvent = { kind: 'config-changed' };
    return {
      app: { name: this.#app, plannedUnits: () => Promise.resolve(1) },
      unit: { name: `${this.#app}/0`, addStatus: (status) => statuses.push(status) },
      framework: {
        event,
        kubeApi: () => Promise.resolve(this.#api),
        atCommit: (effect) => effects.push(effect),
        podNetwork: {
          routes: () => Promise.reject(new Error('no pod')),
          ipv6Routes: () => Promise.reject(new Error('no pod')),
          httpGet: () => Promise.reject(new Error('no pod')),
          get: () => Promise.reject(new Error('no pod')),
        },
        clock: { now: () => new Date(), sleep: () => Promise.resolve() },
        context: { root: '/nowhere', apiAddresses: [] },
        log: { debug: nothing, info: nothing, warning: nothing },
        state: {
          get: (key) => Promise.resolve(this.#state.get(key)),
          set: (key, value) => void this.#state.set(key, value),
          delete: (key) => void this.#state.delete(key),
        },
      },
    };
  }
}
