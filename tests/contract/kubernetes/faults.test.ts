import { describe, expect, test } from '@jest/globals';
import { Faults } from '../../../lib/testing/src/kubernetes/index.js';

const request = { verb: 'patch', kind: 'ConfigMap', name: 'settings', actor: 'gluetun/0' };

describe('faults for requests to come', () => {
  test('are used up one by one', () => {
    const faults = new Faults();
    faults.next(2, { kind: 'status', status: 503 });
    faults.next(1, { kind: 'hang' });
    const kinds = [1, 2, 3, 4].map(() => faults.take(request)?.kind);
    expect(kinds).toEqual(['status', 'status', 'hang', undefined]);
  });

  test.each([{ verb: 'get' }, { kind: 'Pod' }, { name: 'other' }, { actor: 'juju' }])(
    'leave others alone: %j',
    (filter) => {
      const faults = new Faults();
      faults.next(1, { kind: 'cut', effect: 'none' }, filter);
      expect(faults.take(request)).toBeUndefined();
      expect(faults.take({ ...request, ...filter })?.kind).toBe('cut');
    },
  );

  test('go on until they are cleared', () => {
    const faults = new Faults();
    faults.next(Infinity, { kind: 'hang' });
    faults.take(request);
    expect(faults.take(request)?.kind).toBe('hang');
    faults.clear();
    expect(faults.take(request)).toBeUndefined();
  });
});
