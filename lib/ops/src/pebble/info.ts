/** What Pebble says about itself. */
export interface SystemInfo {
  readonly version: string;
  /** Changes with every start of the container. */
  readonly bootId: string;
}

/** A service of the plan and what it does now. */
export interface ServiceInfo {
  readonly name: string;
  readonly startup: string;
  /** `active`, `inactive`, `backoff` (ended, will be restarted) or `error`; newer Pebbles may know others. */
  readonly current: string;
}

/** A health check of the plan and its latest outcome. */
export interface CheckInfo {
  readonly name: string;
  readonly level?: string;
  readonly startup: string;
  /** `up`, `down` or `inactive`; newer Pebbles may know others. A check that has not run yet is `up`. */
  readonly status: string;
  /** Absent from Pebbles before 1.19. */
  readonly successes?: number;
  /** Failures in a row. */
  readonly failures: number;
  readonly threshold: number;
  /** Why the latest run failed; absent when it did not. */
  readonly lastFailure?: string;
}

/** A file or directory in the container. */
export interface FileInfo {
  readonly path: string;
  readonly name: string;
  /** `file`, `directory`, `symlink`, `socket`, `named-pipe`, `device` or `unknown`. */
  readonly type: string;
  /** Bytes; regular files only. */
  readonly size?: number;
  /** Mode bits, such as `0o600`. */
  readonly permissions: number;
  readonly userId?: number;
  readonly user?: string;
  readonly groupId?: number;
  readonly group?: string;
}

/** The owner of a file that is made, by number or by name. */
export interface Ownership {
  readonly userId?: number;
  readonly user?: string;
  readonly groupId?: number;
  readonly group?: string;
}

export interface PushOptions extends Ownership {
  /** Mode bits, 0o644 by default. */
  readonly permissions?: number;
  /** Make missing parent directories. */
  readonly makeDirs?: boolean;
}

export interface MakeDirOptions extends Ownership {
  /** Mode bits, 0o755 by default. */
  readonly permissions?: number;
  /** Make missing parents, and be content when the directory exists. */
  readonly makeParents?: boolean;
}

export interface RemoveOptions {
  /** Remove a directory with what is in it, and be content when nothing is there. */
  readonly recursive?: boolean;
}

export interface ListOptions {
  /** Glob for the names. */
  readonly pattern?: string;
  /** Describe the directory and not its entries. */
  readonly itself?: boolean;
}

export interface ExecOptions extends Ownership {
  readonly stdin?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  readonly workingDir?: string;
  /** Take environment, user and working directory from this service. */
  readonly serviceContext?: string;
  /** Milliseconds after which Pebble kills the command, 30 000 by default. */
  readonly timeoutMs?: number;
}

export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}
