/** A step, and the steps that Juju wants before it. */
export type Constraints<S extends string> = Readonly<Record<S, readonly S[]>>;

/** Every order of the steps in which each comes after those that it needs: the linear extensions of the constraints. */
export function allOrders<S extends string>(constraints: Constraints<S>): readonly (readonly S[])[] {
  const steps = Object.keys(constraints) as S[];
  const extend = (done: readonly S[]): readonly (readonly S[])[] => {
    if (done.length === steps.length) return [done];
    return steps
      .filter((step) => !done.includes(step) && constraints[step].every((needed) => done.includes(needed)))
      .flatMap((step) => extend([...done, step]));
  };
  return extend([]);
}

/** A few of the orders, the same for the same seed. */
export function sampleOf<T>(all: readonly T[], count: number, seed: number): readonly T[] {
  let state = seed;
  const next = (): number => {
    // The multiplier and increment of Numerical Recipes' generator.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const left = [...all];
  return Array.from({ length: Math.min(count, all.length) }, () =>
    left.splice(Math.floor(next() * left.length), 1),
  ).flat();
}
