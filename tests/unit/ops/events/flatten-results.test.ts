import { expect, test } from '@jest/globals';
import { ActionResultError } from '@charm-ts/ops';
import { flattenResults } from '../../../../lib/ops/src/events/flatten-results.js';

test('nested results get keys with dots, values become text', () => {
  const flat = flattenResults({ ok: true, checks: { ipv6: 'closed', dns: { port: 53 } }, empty: {} });
  expect([...flat]).toEqual([
    ['ok', 'true'],
    ['checks.ipv6', 'closed'],
    ['checks.dns.port', '53'],
  ]);
});

test.each([
  [{ Upper: 1 }, 'Upper'],
  [{ a_b: 1 }, 'a_b'],
  [{ '-a': 1 }, '-a'],
  [{ a: { 'b-': 1 } }, 'a.b-'],
  [{ '': 1 }, ''],
  [{ stdout: 'x' }, 'stdout'],
  [{ 'return-code': 0 }, 'return-code'],
  [{ 'a.b': 1, a: { b: 2 } }, 'a.b'],
])('%j is refused', (results, key) => {
  const flatten = (): unknown => flattenResults(results);
  expect(flatten).toThrow(ActionResultError);
  expect(flatten).toThrow(`action result "${key}"`);
});

test('a reserved word is free inside', () => {
  expect(flattenResults({ probe: { stdout: 'x' } }).get('probe.stdout')).toBe('x');
});
