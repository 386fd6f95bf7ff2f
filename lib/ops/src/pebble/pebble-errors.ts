import { brandError, OpsError } from '../errors/ops-error.js';
import { type Change, lastErrorOf } from './change.js';

/** Whatever goes wrong between the charm and the Pebble of one container. */
export abstract class PebbleError extends OpsError {
  static {
    brandError(this, 'PebbleError');
  }
}

/** Pebble cannot be reached: no socket yet, container restarting, or the answer is not Pebble's. A later event comes when it is back (`pebble-ready`). */
export class PebbleConnectionError extends PebbleError {
  readonly code = 'pebble-connection';
  static {
    brandError(this, 'PebbleConnectionError');
  }
}

/** Pebble did not answer, or what it was asked for did not end, in time. */
export class PebbleTimeoutError extends PebbleError {
  readonly code = 'pebble-timeout';
  /** The change that goes on, such as a stop; absent where Pebble itself did not answer. */
  readonly change: string | undefined;
  static {
    brandError(this, 'PebbleTimeoutError');
  }

  constructor(message: string, { change, ...options }: ErrorOptions & { readonly change?: string } = {}) {
    super(message, options);
    this.change = change;
  }
}

/** Pebble refused a request. */
export class PebbleApiError extends PebbleError {
  readonly code = 'pebble-api';
  /** HTTP status, 400 for an invalid request. */
  readonly status: number;
  /** Pebble's name for the kind of error, such as `not-found` or `no-default-services`. */
  readonly kind: string | undefined;
  static {
    brandError(this, 'PebbleApiError');
  }

  constructor(message: string, status: number, kind?: string) {
    super(message);
    this.status = status;
    this.kind = kind;
  }
}

/** A file operation failed. */
export class PebblePathError extends PebbleError {
  readonly code = 'pebble-path';
  readonly path: string;
  /** `not-found`, `permission-denied` or `generic-file-error`. */
  readonly kind: string;
  static {
    brandError(this, 'PebblePathError');
  }

  constructor(message: string, path: string, kind: string) {
    super(message);
    this.path = path;
    this.kind = kind;
  }
}

/** A change (start, stop, replan, exec …) ended with an error. The message carries the logs of its tasks. */
export class PebbleChangeError extends PebbleError {
  readonly code = 'pebble-change';
  readonly change: Change;
  /** What went wrong, in one line and in Pebble's own words: `exited quickly with code 1, will restart`. */
  readonly reason: string;
  static {
    brandError(this, 'PebbleChangeError');
  }

  constructor(change: Change) {
    const logs = change.tasks.flatMap((task) => task.log.map((line) => `  ${task.summary}: ${line}`));
    super([change.err ?? `change ${change.id} ended as ${change.status}`, ...logs].join('\n'));
    this.change = change;
    const [reason = ''] = (lastErrorOf(change) ?? change.err ?? `it ended as ${change.status}`).split('\n');
    this.reason = reason.replace(/^service start attempt: /, '');
  }
}
