import { brandError, OpsError } from '../errors/ops-error.js';

/**
 * What a charm has to tell apart. `kubernetes-forbidden`: the application is not trusted; `kubernetes-conflict`: the object has
 * changed since it was read; `kubernetes-field-conflict`: another manager owns a field of an apply;
 * `kubernetes-unavailable`: no answer within the tries that a hook can afford.
 */
export type KubeApiErrorCode =
  | 'kubernetes-forbidden'
  | 'kubernetes-unauthorized'
  | 'kubernetes-conflict'
  | 'kubernetes-field-conflict'
  | 'kubernetes-invalid'
  | 'kubernetes-not-found'
  | 'kubernetes-unavailable'
  | 'kubernetes-failed';

/** A field of an apply that another manager owns with another value. */
export interface FieldConflict {
  readonly manager: string;
  /** Path as the API server writes it: `.spec.template.spec.containers[name="gluetun"].image`. */
  readonly field: string;
}

/** What is known about a failed request besides its code. */
export interface KubeApiErrorDetails {
  readonly status?: number;
  readonly reason?: string;
  readonly conflicts?: readonly FieldConflict[];
  readonly cause?: unknown;
}

/** The Kubernetes API refused or did not answer. The message names verb, object and reason, never a body that was sent. */
export class KubeApiError extends OpsError {
  readonly code: KubeApiErrorCode;
  /** The HTTP status; `undefined` where no answer came. */
  readonly status: number | undefined;
  /** `reason` of the API server's `Status`, such as `AlreadyExists`. */
  readonly reason: string | undefined;
  /** Not empty only with the code `kubernetes-field-conflict`. */
  readonly conflicts: readonly FieldConflict[];

  static {
    brandError(this, 'KubeApiError');
  }

  constructor(code: KubeApiErrorCode, message: string, details: KubeApiErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.status = details.status;
    this.reason = details.reason;
    this.conflicts = details.conflicts ?? [];
  }
}
