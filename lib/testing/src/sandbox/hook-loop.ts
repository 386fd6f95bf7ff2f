import { TestingError } from '../errors/testing-error.js';
import { type ActionOutcome, HookContext, type HookOutcome, type ToolFault } from '../hook-tools/hook-context.js';
import { apiAddresses } from '../juju-objects/cluster-objects.js';
import type { DueHook } from '../model/due-hook.js';
import { hookEnvironment } from '../model/hook-environment.js';
import { hookName } from '../model/hook-event.js';
import type { JujuModel } from '../model/juju-model.js';
import { nextHook, type PebbleReadyOrder } from '../model/next-hook.js';
import type { Unit } from '../model/unit.js';
import type { HookDriver } from '../drivers/hook-driver.js';
import type { Cluster } from '../pod/cluster.js';
import type { PodKeeper } from './pod-keeper.js';

/** A unit with a hook that is due. */
export interface Candidate {
  readonly unit: string;
  readonly hook: string;
}

/** A hook that ended with an error. */
export interface HookFailure extends Candidate {
  readonly outcome: HookOutcome;
}

export interface HookLoopOptions {
  readonly model: JujuModel;
  readonly pods: PodKeeper;
  readonly cluster: Cluster;
  readonly toolsDir: string;
  readonly pebbleReady: PebbleReadyOrder;
  readonly driverOf: (app: string) => HookDriver;
  /** Chooses whose turn it is; by default the units take turns. */
  readonly choose?: ((candidates: readonly Candidate[]) => number) | undefined;
}

/** Runs one hook after the other: whichever unit's turn it is among those that have one due. */
export class HookLoop {
  readonly failures: HookFailure[] = [];
  readonly faults: ToolFault[] = [];
  readonly actionOutcomes = new Map<string, ActionOutcome>();
  readonly logs: { readonly unit: string; readonly hook: string; readonly level: string; readonly message: string }[] =
    [];
  readonly #options: HookLoopOptions;
  #running: HookContext | undefined;
  #lastUnit = '';

  constructor(options: HookLoopOptions) {
    this.#options = options;
  }

  /** The hook that runs at this moment. */
  get running(): Candidate | undefined {
    return this.#running && { unit: this.#running.unit.name, hook: hookName(this.#running.event) };
  }

  /** Hooks that could run now. */
  due(): readonly Candidate[] {
    return this.#due().map(({ unit, hook }) => ({ unit: unit.name, hook: hookName(hook.event) }));
  }

  /** Brings the pods up to date and runs one hook. Returns what ran, or undefined when nothing is due. */
  async step(): Promise<Candidate | undefined> {
    if (this.#running !== undefined)
      throw new TestingError('bad-argument', 'a hook is running: wait for settle() first');
    await this.#options.pods.sync();
    const due = this.#due();
    const chosen = due[this.#choice(due)];
    if (chosen === undefined) return undefined;
    this.#lastUnit = chosen.unit.name;
    await this.#run(chosen.unit, chosen.hook);
    await this.#options.pods.sync();
    return { unit: chosen.unit.name, hook: hookName(chosen.hook.event) };
  }

  #due(): readonly { readonly unit: Unit; readonly hook: DueHook }[] {
    const { model, pebbleReady } = this.#options;
    return model.units.flatMap((unit) => {
      const hook = nextHook(model, unit, pebbleReady);
      return hook === undefined ? [] : [{ unit, hook }];
    });
  }

  #choice(due: readonly { readonly unit: Unit; readonly hook: DueHook }[]): number {
    if (due.length < 2) return 0;
    const { choose } = this.#options;
    if (choose !== undefined) {
      return choose(due.map(({ unit, hook }) => ({ unit: unit.name, hook: hookName(hook.event) })));
    }
    return (due.findIndex(({ unit }) => unit.name === this.#lastUnit) + 1) % due.length;
  }

  async #run(unit: Unit, hook: DueHook): Promise<void> {
    const { model, pods } = this.#options;
    const pod = pods.get(unit.name);
    if (pod === undefined) throw new TestingError('unknown-unit', `unit ${unit.name} has no pod`);
    const context = new HookContext(model, unit, hook, this.faults);
    this.#running = context;
    const environment = hookEnvironment(model, unit, hook.event, {
      charmDir: pod.charmDir,
      contextId: context.id,
      agentSocket: `${pod.agentDir}/agent.socket`,
      toolsDir: this.#options.toolsDir,
      apiAddresses,
      kubernetes: { host: this.#options.cluster.host, port: this.#options.cluster.port },
      kubernetesVersion: '1.35',
    });
    pods.refresh();
    const outcome = await this.#options
      .driverOf(unit.app)
      .run({ context, pod, environment })
      .catch((error: unknown): HookOutcome => ({ kind: 'exited', exitCode: 1, error }));
    this.#running = undefined;
    context.finish(outcome);
    this.#remember(context, outcome);
  }

  #remember(context: HookContext, outcome: HookOutcome): void {
    const where = { unit: context.unit.name, hook: hookName(context.event) };
    for (const line of context.log) this.logs.push({ ...where, ...line });
    const action = context.actionOutcome(outcome);
    if (action !== undefined) this.actionOutcomes.set(action.id, action);
    else if (outcome.kind === 'killed' || outcome.exitCode !== 0) this.failures.push({ ...where, outcome });
  }
}
