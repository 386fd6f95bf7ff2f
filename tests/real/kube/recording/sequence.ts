import type { ApiRequest, ApiResponse } from '../api/api-request.js';

/** A request, or one that is made from the answers before it (to send a resourceVersion back, say). */
export type Step = ApiRequest | ((answers: readonly ApiResponse[]) => ApiRequest);

/** Requests whose answers are recorded in tests/fixtures/kubernetes/<name>.json. Each starts with an empty namespace. */
export interface Sequence {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** What the committed file holds. */
export interface Recording {
  readonly name: string;
  readonly steps: readonly { readonly request: ApiRequest; readonly response: ApiResponse }[];
}
