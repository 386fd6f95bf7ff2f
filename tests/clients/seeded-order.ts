import type { Constraints } from '../integration/orders.js';

/** One order in which each step comes after those that it needs: the same for the same seed. */
export function seededOrder<S extends string>(constraints: Constraints<S>, seed: number): readonly S[] {
  let state = seed;
  const next = (below: number): number => {
    // The multiplier and increment of Numerical Recipes' generator.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const done: S[] = [];
  const left = Object.keys(constraints) as S[];
  while (left.length > 0) {
    const free = left.filter((step) => constraints[step].every((needed) => done.includes(needed)));
    const step = free[next(free.length)];
    if (step === undefined) throw new Error(`nothing can follow ${done.join(', ')}`);
    done.push(step);
    left.splice(left.indexOf(step), 1);
  }
  return done;
}
