import { parseStatus } from './api-status.js';
import type { ApiStatus } from './api-status.js';
import { KubeApiError } from './kube-api-error.js';
import type { FieldConflict, KubeApiErrorCode } from './kube-api-error.js';
import type { KubeResponse } from './https-request.js';

/** What was tried, for the message: `apply StatefulSet media/gluetun`. */
export interface Attempt {
  readonly verb: 'get' | 'list' | 'apply' | 'patch' | 'delete';
  readonly target: string;
}

/** Turns an answer that is not a success into the error that a charm can act on. */
export const mapFailure = (attempt: Attempt, response: KubeResponse): KubeApiError => {
  const status = parseStatus(response.body);
  const code = codeOf(attempt, response.status, status);
  return new KubeApiError(code, `cannot ${attempt.verb} ${attempt.target}: ${explain(code, response.status, status)}`, {
    status: response.status,
    ...(status.reason === undefined ? {} : { reason: status.reason }),
    conflicts: code === 'kubernetes-field-conflict' ? conflictsOf(status) : [],
  });
};

const explain = (code: KubeApiErrorCode, httpStatus: number, status: ApiStatus): string => {
  if (code === 'kubernetes-not-found' && httpStatus === 422)
    return 'there is no such object, and it cannot be created from this part';
  return status.message === '' ? `HTTP status ${httpStatus}` : status.message;
};

const codeOf = (attempt: Attempt, httpStatus: number, status: ApiStatus): KubeApiErrorCode => {
  switch (httpStatus) {
    case 401:
      return 'kubernetes-unauthorized';
    case 403:
      return 'kubernetes-forbidden';
    case 404:
      return 'kubernetes-not-found';
    case 409:
      return isFieldConflict(status) ? 'kubernetes-field-conflict' : 'kubernetes-conflict';
    case 400:
      return 'kubernetes-invalid';
    case 422:
      return attempt.verb === 'apply' && isMissingWorkload(status) ? 'kubernetes-not-found' : 'kubernetes-invalid';
    default:
      return codeOfServerError(httpStatus, status);
  }
};

const codeOfServerError = (httpStatus: number, status: ApiStatus): KubeApiErrorCode => {
  if (isUndeclaredField(status)) return 'kubernetes-invalid';
  return isPassing(httpStatus) ? 'kubernetes-unavailable' : 'kubernetes-failed';
};

const isPassing = (httpStatus: number): boolean => [429, 500, 502, 503, 504].includes(httpStatus);

/** Both conflicts are 409 with the reason Conflict (measured on 1.35); only the causes tell them apart. */
const isFieldConflict = (status: ApiStatus): boolean =>
  status.causes.some((cause) => cause.reason === 'FieldManagerConflict');

/** Server-side apply answers a field that the kind does not have with 500 (measured on 1.35); trying again would not help. */
const isUndeclaredField = (status: ApiStatus): boolean =>
  status.message.startsWith('failed to create typed patch object');

/**
 * Server-side apply creates what is missing, so a part of a StatefulSet that is not there is refused for its missing selector.
 * Updates cannot get this answer: the selector of a live object is never empty.
 */
const isMissingWorkload = (status: ApiStatus): boolean =>
  status.causes.some((cause) => cause.field === 'spec.selector' && cause.reason === 'FieldValueRequired');

const conflictsOf = (status: ApiStatus): readonly FieldConflict[] =>
  status.causes
    .filter((cause) => cause.reason === 'FieldManagerConflict')
    .map((cause) => ({ manager: /"([^"]*)"/.exec(cause.message)?.[1] ?? '', field: cause.field }));

/** Whether the same request may succeed in a moment. An apply reads and merges anew, so a stale object is worth another try. */
export const isWorthAnotherTry = (attempt: Attempt, error: KubeApiError): boolean =>
  error.code === 'kubernetes-unavailable' || (error.code === 'kubernetes-conflict' && attempt.verb === 'apply');
