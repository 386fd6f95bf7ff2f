import type { JsonObject } from '../json/json.js';
import type { KindInfo } from './kinds.js';

/** A reason for a refusal, as in `details.causes` of a `Status`. */
export interface FailureCause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

interface FailureParts {
  readonly code: number;
  readonly reason?: string;
  readonly message: string;
  readonly details?: JsonObject;
}

/** A refusal of the API server: an HTTP status and the `Status` object that goes with it. */
export class ApiFailure extends Error {
  readonly code: number;
  readonly body: JsonObject;

  constructor({ code, reason, message, details }: FailureParts) {
    super(message);
    this.code = code;
    this.body = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      ...(reason === undefined ? {} : { reason }),
      ...(details === undefined ? {} : { details }),
      code,
    };
  }
}

/** `statefulsets.apps`, or just `configmaps` in the core group. */
export const qualified = (name: string, group: string): string => (group === '' ? name : `${name}.${group}`);

const details = (kind: KindInfo, name: string): JsonObject => ({
  name,
  ...(kind.group === '' ? {} : { group: kind.group }),
  kind: kind.plural,
});

export const notFound = (kind: KindInfo, name: string): ApiFailure =>
  new ApiFailure({
    code: 404,
    reason: 'NotFound',
    message: `${qualified(kind.plural, kind.group)} "${name}" not found`,
    details: details(kind, name),
  });

export const alreadyExists = (kind: KindInfo, name: string): ApiFailure =>
  new ApiFailure({
    code: 409,
    reason: 'AlreadyExists',
    message: `${qualified(kind.plural, kind.group)} "${name}" already exists`,
    details: details(kind, name),
  });

const conflictWith = (kind: KindInfo, name: string, why: string): ApiFailure =>
  new ApiFailure({
    code: 409,
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on ${qualified(kind.plural, kind.group)} "${name}": ${why}`,
    details: details(kind, name),
  });

export const staleObject = (kind: KindInfo, name: string): ApiFailure =>
  conflictWith(
    kind,
    name,
    'the object has been modified; please apply your changes to the latest version and try again',
  );

export const wrongUid = (kind: KindInfo, name: string, sent: string, live: string): ApiFailure =>
  conflictWith(kind, name, `Precondition failed: UID in precondition: ${sent}, UID in object meta: ${live}`);

/** 422 with one cause, or several in brackets. */
export const invalid = (kind: KindInfo, name: string, causes: readonly FailureCause[]): ApiFailure => {
  // A check that runs twice counts once in the message, but not in the list of causes.
  const texts = [...new Set(causes.map(({ field, message }) => `${field}: ${message}`))];
  const list = texts.length === 1 ? texts.join('') : `[${texts.join(', ')}]`;
  return new ApiFailure({
    code: 422,
    reason: 'Invalid',
    message: `${qualified(kind.kind, kind.group)} "${name}" is invalid: ${list}`,
    details: {
      name,
      ...(kind.group === '' ? {} : { group: kind.group }),
      kind: kind.kind,
      causes: causes.map(({ reason, message, field }) => ({ reason, message, field })),
    },
  });
};

export const badRequest = (message: string): ApiFailure => new ApiFailure({ code: 400, reason: 'BadRequest', message });

/** A patch that cannot be carried out: a failed `test`, a path that is not there. */
export const unprocessable = (): ApiFailure =>
  new ApiFailure({
    code: 422,
    reason: 'Invalid',
    message: 'the server rejected our request due to an error in our request',
    details: {},
  });

export const missingFieldManager = (): ApiFailure => {
  const message = 'Required value: is required for apply patch';
  return new ApiFailure({
    code: 422,
    reason: 'Invalid',
    message: `PatchOptions.meta.k8s.io "" is invalid: fieldManager: ${message}`,
    details: {
      group: 'meta.k8s.io',
      kind: 'PatchOptions',
      causes: [{ reason: 'FieldValueRequired', message, field: 'fieldManager' }],
    },
  });
};

/** Errors of server-side apply's typed objects are not of the API's own family, so they come out as 500 (measured on 1.35). */
export const internalFailure = (message: string): ApiFailure => new ApiFailure({ code: 500, message });
