import { ApiFailure } from '../objects/api-failure.js';

/** What goes wrong: an answer with that status, no answer ever, or a connection that is cut before or after the request took effect. */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: 409 | 429 | 500 | 502 | 503 | 504;
      /** Seconds, for the header `Retry-After`. */
      readonly retryAfter?: number;
    }
  | { readonly kind: 'hang' }
  | { readonly kind: 'cut'; readonly effect: 'none' | 'done' };

/** Which requests a fault hits; what is left out matches everything. */
export interface FaultFilter {
  /** As RBAC names it: `get`, `list`, `patch` (server-side apply, too), `delete`, … */
  readonly verb?: string;
  /** `StatefulSet`, `ConfigMap`, … */
  readonly kind?: string;
  readonly name?: string;
  readonly actor?: string;
}

/** A request, as faults look at it. */
export type FaultSubject = Readonly<Record<keyof FaultFilter, string>>;

interface Armed {
  readonly fault: Fault;
  readonly filter: FaultFilter;
  left: number;
}

/**
 * Faults for the requests to come.
 *
 * @example
 * ```ts
 * api.faults.next(2, { kind: 'status', status: 503 }, { verb: 'patch', kind: 'StatefulSet' });
 * ```
 */
export class Faults {
  #armed: Armed[] = [];

  /** The next requests that match go wrong; `Infinity`: all of them, until {@link Faults.clear}. */
  next(times: number, fault: Fault, filter: FaultFilter = {}): void {
    this.#armed.push({ fault, filter, left: times });
  }

  clear(): void {
    this.#armed = [];
  }

  /** The fault that hits this request; it is used up by that. */
  take(subject: FaultSubject): Fault | undefined {
    const hit = this.#armed.find(({ filter }) => matches(filter, subject));
    if (hit === undefined) return undefined;
    hit.left -= 1;
    this.#armed = this.#armed.filter(({ left }) => left > 0);
    return hit.fault;
  }
}

const matches = (filter: FaultFilter, subject: FaultSubject): boolean =>
  (filter.verb ?? subject.verb) === subject.verb &&
  (filter.kind ?? subject.kind) === subject.kind &&
  (filter.name ?? subject.name) === subject.name &&
  (filter.actor ?? subject.actor) === subject.actor;

const answers = {
  409: ['Conflict', 'the object has been modified; please apply your changes to the latest version and try again'],
  429: ['TooManyRequests', 'The server has received too many requests and has asked us to try again later'],
  500: ['InternalError', 'Internal error occurred: injected'],
  502: ['InternalError', 'bad gateway'],
  503: ['ServiceUnavailable', 'apiserver is shutting down'],
  504: ['Timeout', 'Timeout: request did not complete within the allotted timeout'],
} as const;

/** The answer of a fault with a status. */
export const faultAnswer = (status: keyof typeof answers): ApiFailure => {
  const [reason, message] = answers[status];
  return new ApiFailure({ code: status, reason, message });
};
