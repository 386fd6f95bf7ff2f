import { describe, expect, test } from '@jest/globals';
import { explainConnectionFailure } from '../../../../lib/ops/src/kubernetes/connection-failure.js';

const read = { method: 'GET', path: '/' } as const;
const jsonPatch = { method: 'PATCH', path: '/', contentType: 'application/json-patch+json' } as const;
const withCode = (code: string): Error => Object.assign(new Error(code), { code });
const timeout = new DOMException('too late', 'TimeoutError');

describe('a request without an answer', () => {
  test.each([
    [withCode('ECONNREFUSED'), true, true],
    [withCode('ENOTFOUND'), true, true],
    [withCode('ECONNRESET'), true, false],
    [withCode('EPIPE'), true, false],
    [timeout, true, false],
    ['no error at all', true, false],
    [withCode('DEPTH_ZERO_SELF_SIGNED_CERT'), false, false],
    [withCode('CERT_HAS_EXPIRED'), false, false],
    [withCode('ERR_TLS_CERT_ALTNAME_INVALID'), false, false],
    [withCode('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), false, false],
  ])('%s: a read again: %s, a JSON patch again: %s', (cause, readAgain, patchAgain) => {
    expect(explainConnectionFailure(cause, read).again).toBe(readAgain);
    expect(explainConnectionFailure(cause, jsonPatch).again).toBe(patchAgain);
  });

  test('says what happened', () => {
    expect(explainConnectionFailure(timeout, read).message).toBe('the API server did not answer in time');
    expect(explainConnectionFailure(withCode('ECONNRESET'), read).message).toContain('ECONNRESET');
  });
});
