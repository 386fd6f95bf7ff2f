import type { Connect } from '../drivers/in-process-driver.js';
import { Cluster } from '../pod/cluster.js';
import { Copy, type Violation } from './copy.js';
import { Dice } from './dice.js';
import type { Judge } from './judge.js';
import { nextStep } from './next-step.js';
import type { Recipe } from './recipe.js';
import { shorten } from './shorten.js';
import { lineOf, type Step } from './step.js';

export interface FuzzOptions {
  /** The same seed makes the same steps. */
  readonly seed: number;
  readonly steps: number;
  /** After so many steps a new copy of the model is made; 30 by default. */
  readonly stepsOfACopy?: number;
  /** No step begins after so many milliseconds of the machine; ten minutes by default. */
  readonly timeLimit?: number;
  /** Promises beyond that no hook ends in an error. */
  readonly judges?: readonly Judge[];
  readonly cluster?: Cluster;
  /** As for a `Sandbox`. */
  readonly connect?: Connect;
  readonly onProgress?: (progress: FuzzProgress) => void;
}

export interface FuzzProgress {
  readonly steps: number;
  readonly hooks: number;
  /** The step that was taken last, as a line for a shell. */
  readonly line: string;
  /** While the way to a violation is being shortened: how many steps it has. */
  readonly shortening?: number;
}

export interface FuzzReport {
  /** Steps that were taken. */
  readonly steps: number;
  readonly hooks: number;
  readonly violation?: FoundViolation;
}

/** A violation and the shortest way to it that was found. */
export interface FoundViolation extends Violation {
  /** The number of the step after which it was found; 0: the deployment itself. */
  readonly step: number;
  /** Lines for a shell, from the deployment on. */
  readonly lines: readonly string[];
  /** How many steps there were before they were shortened. */
  readonly from: number;
}

/**
 * Lets random things happen to copies of a model, what operators do and what the world does, until a hook ends in an error or a
 * judge objects.
 *
 * @example
 * const report = await fuzz(recipeOf(sandbox), { seed: 7, steps: 200 });
 * expect(report.violation).toBeUndefined();
 */
export async function fuzz(recipe: Recipe, options: FuzzOptions): Promise<FuzzReport> {
  const cluster = options.cluster ?? (await Cluster.start());
  try {
    return await new Hunt(recipe, options, cluster).run();
  } finally {
    if (options.cluster === undefined) await cluster.close();
  }
}

/** The first hunt of a violation and the way back. */
class Hunt {
  readonly #recipe: Recipe;
  readonly #options: FuzzOptions;
  readonly #cluster: Cluster;
  readonly #end: number;
  #steps = 0;
  #hooks = 0;

  constructor(recipe: Recipe, options: FuzzOptions, cluster: Cluster) {
    this.#recipe = recipe;
    this.#options = options;
    this.#cluster = cluster;
    this.#end = Date.now() + (options.timeLimit ?? 600_000);
  }

  async run(): Promise<FuzzReport> {
    for (let number = 0; this.#goesOn; number += 1) {
      const taken: Step[] = [];
      const violation = await this.#through(number, taken);
      if (violation === undefined) continue;
      const found = await this.#shortest(number, taken, violation);
      return { steps: this.#steps, hooks: this.#hooks, violation: found };
    }
    return { steps: this.#steps, hooks: this.#hooks };
  }

  get #goesOn(): boolean {
    return this.#steps < this.#options.steps && Date.now() < this.#end;
  }

  /** One copy, from its deployment through its steps. */
  async #through(number: number, taken: Step[]): Promise<Violation | undefined> {
    const dice = new Dice(this.#seedOf(number));
    const { stepsOfACopy = 30 } = this.#options;
    const copy = await this.#copy(number);
    try {
      while (this.#goesOn && taken.length < stepsOfACopy && copy.violation === undefined) {
        const step = nextStep({ sandbox: copy.sandbox, recipe: this.#recipe, dice });
        taken.push(step);
        await copy.take(step);
        this.#steps += 1;
        this.#options.onProgress?.({ steps: this.#steps, hooks: this.#hooks + copy.hooks, line: lineOf(step) });
      }
      this.#hooks += copy.hooks;
      return copy.violation;
    } finally {
      await copy.close();
    }
  }

  /** Leaves out steps, then lets the model rest between those that are left where that makes no difference. */
  async #shortest(number: number, taken: readonly Step[], first: Violation): Promise<FoundViolation> {
    let violation = first;
    const end = Date.now() + Math.max(60_000, (this.#options.timeLimit ?? 600_000) / 4);
    const isInTime = (): boolean => Date.now() < end;
    const holds = async (sequence: readonly Step[]): Promise<boolean> => {
      const line = sequence.map(lineOf).at(-1) ?? '';
      this.#options.onProgress?.({ steps: this.#steps, hooks: this.#hooks, line, shortening: sequence.length });
      const again = await this.#replay(number, sequence);
      violation = again ?? violation;
      return again !== undefined;
    };
    let steps = await shorten(taken, holds, isInTime);
    for (const [index, { hooks, ...step }] of steps.entries()) {
      const calmer = steps.with(index, step);
      if (hooks !== undefined && isInTime() && (await holds(calmer))) steps = calmer;
    }
    return { ...violation, step: taken.length === 0 ? 0 : this.#steps, lines: steps.map(lineOf), from: taken.length };
  }

  async #replay(number: number, steps: readonly Step[]): Promise<Violation | undefined> {
    const copy = await this.#copy(number);
    try {
      for (const step of steps) await copy.take(step);
      return copy.violation;
    } finally {
      await copy.close();
    }
  }

  #copy(number: number): Promise<Copy> {
    const { judges = [], connect } = this.#options;
    return Copy.make({ recipe: this.#recipe, cluster: this.#cluster, seed: this.#seedOf(number), judges, connect });
  }

  /** Each copy has a seed of its own. */
  #seedOf(number: number): number {
    return (Math.imul(this.#options.seed, 1_000_003) + number) >>> 0;
  }
}
