import type { HookToolInvocation, HookToolResult } from '../hook-tools/hook-tools.js';
import { brandError, OpsError } from './ops-error.js';

/** A hook tool exited with an error that has no class of its own. */
export class HookToolError extends OpsError {
  readonly code: string = 'hook-tool-failed';
  readonly tool: string;
  /** The arguments, without standard input. */
  readonly argv: readonly string[];
  readonly exitCode: number;
  readonly stderr: string;

  static {
    brandError(this, 'HookToolError');
  }

  constructor(invocation: HookToolInvocation, result: Pick<HookToolResult, 'exitCode' | 'stderr'>) {
    const said = result.stderr.trim().replace(/^ERROR\s+/, '');
    super(`${invocation.tool} exited with ${result.exitCode}: ${said === '' ? 'it gave no reason' : said}`);
    this.tool = invocation.tool;
    this.argv = invocation.args;
    this.exitCode = result.exitCode;
    this.stderr = result.stderr;
  }
}

/** Juju does not know the relation (any more). */
export class RelationNotFoundError extends HookToolError {
  override readonly code = 'relation-not-found';

  static {
    brandError(this, 'RelationNotFoundError');
  }
}

/** Juju knows no such secret. */
export class SecretNotFoundError extends HookToolError {
  override readonly code = 'secret-not-found';

  static {
    brandError(this, 'SecretNotFoundError');
  }
}

/** The secret has not been granted to this application: `juju grant-secret <name> <application>`. */
export class SecretAccessError extends HookToolError {
  override readonly code = 'secret-access';

  static {
    brandError(this, 'SecretAccessError');
  }
}

/** Only the leader may do this, and this unit is not (or no longer) the leader. */
export class NotLeaderError extends HookToolError {
  override readonly code = 'not-leader';

  static {
    brandError(this, 'NotLeaderError');
  }
}
