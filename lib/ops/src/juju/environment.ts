import { EnvironmentError } from '../errors/environment-error.js';

/** Variables of the process, as Juju set them. Juju exports several empty instead of leaving them out. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The value of a variable; an empty one counts as missing. */
export const variable = (environment: Environment, name: string): string | undefined => {
  const value = environment[name];
  return value === '' ? undefined : value;
};

/** The value of a variable that Juju always sets for this kind of event. Throws {@link EnvironmentError}. */
export const requiredVariable = (environment: Environment, name: string, reason: string): string => {
  const value = variable(environment, name);
  if (value === undefined) throw new EnvironmentError(name, `is not set, but Juju sets it for ${reason}`);
  return value;
};
