import { brandError, OpsError } from './ops-error.js';

/** A hook tool answered with something that is not of the documented form. */
export class HookToolOutputError extends OpsError {
  readonly code = 'hook-tool-output';
  readonly tool: string;

  static {
    brandError(this, 'HookToolOutputError');
  }

  constructor(tool: string, expected: string, options?: ErrorOptions) {
    super(`${tool} did not answer with ${expected}`, options);
    this.tool = tool;
  }
}
