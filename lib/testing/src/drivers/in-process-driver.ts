import type { KubeApi } from '@charm-ts/ops';
import type { ModelClock } from '../clock/model-clock.js';
import type { HookOutcome } from '../hook-tools/hook-context.js';
import type { Pod } from '../pod/pod.js';
import type { HookDriver, HookRun } from './hook-driver.js';
import type { InProcessCharm } from './in-process-charm.js';

/** Connects to the cluster with the service account of a pod; `connectInCluster` of `@charm-ts/ops/kubernetes` is one. */
export type Connect = (options: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly root: string;
}) => Promise<KubeApi>;

/** Runs hooks as calls of `CharmClass.dispatch` in this process: milliseconds each, with the model's own clock. */
export class InProcessDriver implements HookDriver {
  readonly #charm: InProcessCharm;
  readonly #clock: ModelClock;

  readonly #connect: Connect | undefined;
  readonly #connections = new WeakMap<Pod, Promise<KubeApi>>();

  constructor(charm: InProcessCharm, clock: ModelClock, connect?: Connect) {
    this.#charm = charm;
    this.#clock = clock;
    this.#connect = connect;
  }

  async run({ context, environment, pod }: HookRun): Promise<HookOutcome> {
    const { exitCode, error } = await this.#charm.dispatch({
      environment,
      hookTools: context,
      clock: this.#clock,
      ...this.#kubeApi(pod, environment),
      stderr: (text) => {
        context.log.push({ level: 'WARNING', message: text.trimEnd() });
      },
    });
    return { kind: 'exited', exitCode, error };
  }

  #kubeApi(pod: Pod, environment: HookRun['environment']): { readonly kubeApi?: () => Promise<KubeApi> } {
    const connect = this.#connect;
    if (connect === undefined) return {};
    return {
      kubeApi: () => {
        const connection = this.#connections.get(pod) ?? connect({ environment, root: pod.root });
        this.#connections.set(pod, connection);
        return connection;
      },
    };
  }

  install(): void {
    // The class is the charm: there is nothing to unpack.
  }
}
