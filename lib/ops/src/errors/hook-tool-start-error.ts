import { brandError, OpsError } from './ops-error.js';

/** A hook tool could not be started at all. */
export class HookToolStartError extends OpsError {
  readonly code = 'hook-tool-not-started';
  readonly tool: string;

  static {
    brandError(this, 'HookToolStartError');
  }

  constructor(tool: string, cause: Error) {
    super(`cannot run the hook tool ${tool}: ${reasonOf(cause)}`, { cause });
    this.tool = tool;
  }
}

const reasonOf = (cause: Error): string => {
  const code = 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') return 'there is none on the PATH; Juju puts its tools there when it starts a charm';
  if (code === 'EACCES') return 'it is not executable';
  if (code === 'E2BIG') return 'its arguments are too long';
  return cause.message;
};
