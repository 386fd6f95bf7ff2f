import { VirtualClock } from '../clock/virtual-clock.js';
import type { Connect } from '../drivers/in-process-driver.js';
import { TestingError } from '../errors/testing-error.js';
import type { Cluster } from '../pod/cluster.js';
import type { Candidate } from '../sandbox/hook-loop.js';
import { settle, type Steps } from '../sandbox/passing-time.js';
import { Sandbox } from '../sandbox/sandbox.js';
import { Dice } from './dice.js';
import type { Judge } from './judge.js';
import { deployRecipe, type Recipe } from './recipe.js';
import type { Step } from './step.js';
import { whileTimeFlows } from './while-time-flows.js';

/** A hook that ended in an error, or a promise that was broken after it. */
export interface Violation extends Candidate {
  readonly what: string;
  /** What the hook has logged, its standard error included. */
  readonly log: readonly string[];
}

export interface CopyOptions {
  readonly recipe: Recipe;
  readonly cluster: Cluster;
  /** Decides whose hook comes first. */
  readonly seed: number;
  readonly judges: readonly Judge[];
  readonly connect?: Connect | undefined;
}

/** A process that has not ended after so many milliseconds is stuck. */
const longestHook = 60_000;
/** A model that runs so many hooks without a rest never rests. */
const mostHooks = 400;
/** Simulated milliseconds in which nothing happens any more. */
const quiet = 30_000;

/** A fresh copy of a model, to which steps happen until a promise is broken. */
export class Copy {
  readonly sandbox: Sandbox;
  readonly #clock: VirtualClock;
  readonly #hasProcesses: boolean;
  readonly #watches: readonly (() => readonly string[])[];
  #failure: string | undefined;
  #violation: Violation | undefined;
  #hooks = 0;
  #lastHook: Candidate = { unit: '', hook: '' };

  /** Nothing is due any more once a promise is broken. */
  readonly #steps: Steps = ((copy: Copy): Steps => ({
    get clock() {
      return copy.#clock;
    },
    get due() {
      return copy.#violation === undefined ? copy.sandbox.due : [];
    },
    step: () => copy.#step(),
  }))(this);

  private constructor(sandbox: Sandbox, clock: VirtualClock, { recipe, judges }: CopyOptions) {
    this.sandbox = sandbox;
    this.#clock = clock;
    this.#hasProcesses = recipe.applications.some(({ charm }) => typeof charm === 'string');
    this.#watches = judges.map((judge) => judge(sandbox));
    sandbox.journal.subscribe(({ kind, hook = '', detail }) => {
      if (kind !== 'hook-end' || detail === `${hook}: ok`) return;
      this.#failure ??= detail.slice(hook.length + 2);
    });
  }

  /** A copy in which nothing but the deployment has happened; at rest. */
  static async make(options: CopyOptions): Promise<Copy> {
    const { recipe, cluster, seed, connect } = options;
    const clock = new VirtualClock();
    const dice = new Dice(seed);
    const sandbox = await Sandbox.create({
      model: recipe.model,
      jujuVersion: recipe.jujuVersion,
      clock,
      cluster,
      choose: ({ length }) => dice.below(length),
      ...(connect === undefined ? {} : { connect }),
    });
    const copy = new Copy(sandbox, clock, options);
    await deployRecipe(sandbox, recipe);
    await copy.#rest();
    return copy;
  }

  /** The first promise that was broken. */
  get violation(): Violation | undefined {
    return this.#violation;
  }

  /** How many hooks have run. */
  get hooks(): number {
    return this.#hooks;
  }

  /** Takes a step and runs the hooks that follow it, unless Juju refuses it. */
  async take(step: Step): Promise<void> {
    if (this.#violation !== undefined) return;
    try {
      await step.take(this.sandbox);
    } catch (error) {
      if (!(error instanceof TestingError)) throw error;
    }
    await this.#pass((step.seconds ?? 0) * 1000);
    if (step.hooks === undefined) await this.#rest();
    else for (let count = 0; count < step.hooks && (await this.#steps.step()) !== undefined;) count += 1;
  }

  async close(): Promise<void> {
    await this.sandbox.close();
  }

  /** Hooks as they fall due while time passes. */
  async #pass(milliseconds: number): Promise<void> {
    const end = this.#clock.now().getTime() + milliseconds;
    while (this.#clock.now().getTime() < end && this.#violation === undefined) {
      if ((await this.#steps.step()) === undefined) await this.#clock.advance(500);
    }
  }

  async #rest(): Promise<void> {
    try {
      await settle(this.#steps, quiet, mostHooks);
    } catch (error) {
      if (!(error instanceof TestingError) || error.code !== 'never-idle') throw error;
      const { unit, hook } = this.#lastHook;
      this.#violation ??= { unit, hook, what: `the model does not come to rest: ${error.message}`, log: [] };
    }
  }

  async #step(): Promise<Candidate | undefined> {
    if (this.#violation !== undefined) return undefined;
    const { sandbox } = this;
    const mark = sandbox.logs.length;
    const ran = this.#hasProcesses
      ? await whileTimeFlows(this.#clock, () => this.#watched(() => sandbox.step()))
      : await sandbox.step();
    if (ran === undefined) return undefined;
    this.#hooks += 1;
    this.#lastHook = ran;
    const what = this.#failure ?? this.#watches.flatMap((watch) => watch())[0];
    if (what !== undefined) {
      const log = sandbox.logs.slice(mark).map(({ level, message }) => `${level} ${message}`);
      this.#violation = { ...ran, what, log };
    }
    return ran;
  }

  /** Kills a hook that does not end. */
  async #watched<T>(work: () => Promise<T>): Promise<T> {
    const timer = setTimeout(() => {
      const { units } = this.sandbox.model;
      if (units.some(({ name }) => this.sandbox.killHook(name, 'SIGKILL'))) {
        this.#failure = `did not end within ${longestHook / 1000} s`;
      }
    }, longestHook);
    try {
      return await work();
    } finally {
      clearTimeout(timer);
    }
  }
}
