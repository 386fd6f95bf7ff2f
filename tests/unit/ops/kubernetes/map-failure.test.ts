import { describe, expect, test } from '@jest/globals';
import { isWorthAnotherTry, mapFailure } from '../../../../lib/ops/src/kubernetes/map-failure.js';

const status = (parts: object): string =>
  JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', ...parts });
const map = (httpStatus: number, body: string, verb: 'apply' | 'patch' = 'apply') =>
  mapFailure({ verb, target: 'StatefulSet media/gluetun' }, { status: httpStatus, retryAfter: undefined, body });
const cause = (reason: string, field: string, message = '') => ({ details: { causes: [{ reason, field, message }] } });

describe('failures of the Kubernetes API', () => {
  test.each([
    [400, 'kubernetes-invalid', false],
    [401, 'kubernetes-unauthorized', false],
    [403, 'kubernetes-forbidden', false],
    [404, 'kubernetes-not-found', false],
    [409, 'kubernetes-conflict', true],
    [413, 'kubernetes-failed', false],
    [415, 'kubernetes-failed', false],
    [422, 'kubernetes-invalid', false],
    [429, 'kubernetes-unavailable', true],
    [500, 'kubernetes-unavailable', true],
    [502, 'kubernetes-unavailable', true],
    [503, 'kubernetes-unavailable', true],
    [504, 'kubernetes-unavailable', true],
  ])('%d is %s', (httpStatus, code, again) => {
    const error = map(httpStatus, status({ message: 'because', reason: 'Why' }));
    expect(error).toMatchObject({ code, status: httpStatus, reason: 'Why', conflicts: [] });
    expect(error.message).toBe('cannot apply StatefulSet media/gluetun: because');
    expect(isWorthAnotherTry({ verb: 'apply', target: '' }, error)).toBe(again);
  });

  test('a conflict of managers names each of them and its field, and is not tried again', () => {
    const causes = ['juju', 'kubectl'].map((manager) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with "${manager}" using apps/v1`,
      field: `.spec.${manager}`,
    }));
    const error = map(409, status({ message: 'Apply failed', reason: 'Conflict', details: { causes } }));
    expect(error.code).toBe('kubernetes-field-conflict');
    expect(error.conflicts).toEqual([
      { manager: 'juju', field: '.spec.juju' },
      { manager: 'kubectl', field: '.spec.kubectl' },
    ]);
    expect(isWorthAnotherTry({ verb: 'apply', target: '' }, error)).toBe(false);
  });

  test('a stale patch is not tried again', () => {
    expect(isWorthAnotherTry({ verb: 'patch', target: '' }, map(409, status({}), 'patch'))).toBe(false);
  });

  test('an apply to a StatefulSet that is not there', () => {
    const body = status(cause('FieldValueRequired', 'spec.selector'));
    expect(map(422, body).code).toBe('kubernetes-not-found');
    expect(map(422, body, 'patch').code).toBe('kubernetes-invalid');
    expect(map(422, status(cause('FieldValueRequired', 'spec.serviceName'))).code).toBe('kubernetes-invalid');
  });

  test('a field that the kind does not declare is no passing trouble', () => {
    const error = map(500, status({ message: 'failed to create typed patch object (a/b; …): .x: field not declared' }));
    expect(error.code).toBe('kubernetes-invalid');
  });

  test.each(['', 'no healthy upstream\nmore', '<html>', 'null', '[]', '"text"', '{"details":{"causes":[1]}}'])(
    'takes any body: %j',
    (body) => {
      const error = map(503, body);
      expect(error.code).toBe('kubernetes-unavailable');
      expect(error.message).not.toContain('\n');
      expect(error.message).toMatch(/^cannot apply StatefulSet media\/gluetun: ./);
    },
  );
});
