import type { KubeRequest } from './https-request.js';

/** What is known about a request that got no answer. */
export interface ConnectionFailure {
  readonly message: string;
  readonly again: boolean;
}

const neverArrived = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);

/**
 * Says in words why no answer came, and whether to try again. A broken TLS handshake stays broken; a JSON patch that may
 * have arrived is not sent twice, because its `add` to a list is not idempotent.
 */
export const explainConnectionFailure = (cause: unknown, request: KubeRequest): ConnectionFailure => {
  const code = codeOf(cause);
  if (code === 'ABORT_ERR') return { message: 'the API server did not answer in time', again: mayRepeat(request) };
  if (isCertificateProblem(code))
    return { message: `the API server's certificate is not trusted (${code})`, again: false };
  return {
    message: `no answer from the API server (${code})`,
    again: neverArrived.has(code) || mayRepeat(request),
  };
};

const mayRepeat = (request: KubeRequest): boolean => request.contentType !== 'application/json-patch+json';

const isCertificateProblem = (code: string): boolean =>
  code.startsWith('ERR_TLS_') || code.includes('CERT') || code.includes('SIGNATURE') || code.includes('ISSUER');

const codeOf = (cause: unknown): string => {
  if (typeof cause !== 'object' || cause === null) return 'unknown';
  const code: unknown = Reflect.get(cause, 'code');
  // AbortSignal.timeout gives a DOMException, whose code is a number.
  if (Reflect.get(cause, 'name') === 'TimeoutError' || Reflect.get(cause, 'name') === 'AbortError') return 'ABORT_ERR';
  return typeof code === 'string' ? code : 'unknown';
};
