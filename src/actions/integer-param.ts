import { ActionFailure } from './action-failure.js';

/** An integer parameter within its bounds; Juju's schema check lets some values of other types through. */
export const integerParam = (
  params: Readonly<Record<string, unknown>>,
  name: string,
  { lowest, highest, fallback }: { readonly lowest: number; readonly highest: number; readonly fallback: number },
): number => {
  const value = params[name] ?? fallback;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < lowest || value > highest) {
    throw new ActionFailure(`${name} must be a whole number from ${lowest} to ${highest}`);
  }
  return value;
};
