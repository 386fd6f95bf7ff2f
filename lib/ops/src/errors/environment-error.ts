import { brandError, OpsError } from './ops-error.js';

/** A variable that Juju sets for this kind of event is missing or has no sense. */
export class EnvironmentError extends OpsError {
  readonly code = 'environment';
  readonly variable: string;

  static {
    brandError(this, 'EnvironmentError');
  }

  constructor(variable: string, problem: string) {
    super(`${variable} ${problem}`);
    this.variable = variable;
  }
}
