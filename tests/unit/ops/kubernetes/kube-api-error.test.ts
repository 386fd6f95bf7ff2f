import { describe, expect, test } from '@jest/globals';
import { KubeApiError, OpsError } from '@charm-ts/ops';

describe('KubeApiError', () => {
  test('is one of the family, with all that is known', () => {
    const cause = new Error('socket');
    const error = new KubeApiError('kubernetes-unavailable', 'no answer', { cause });
    expect(error).toBeInstanceOf(OpsError);
    expect(error).toMatchObject({ name: 'KubeApiError', code: 'kubernetes-unavailable', status: undefined, cause });
    expect(error.conflicts).toEqual([]);
  });

  test('is known across two copies of the package, as the adapter has a bundle of its own', () => {
    const mark = Symbol.for('@charm-ts/ops/error/KubeApiError');
    expect(Object.assign(new Error('from the other bundle'), { [mark]: true })).toBeInstanceOf(KubeApiError);
    expect(new Error('x')).not.toBeInstanceOf(KubeApiError);
  });
});
