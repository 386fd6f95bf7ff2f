import { describe, expect, test } from '@jest/globals';
import type { Layer, Plan, ServiceSpec } from '@charm-ts/ops';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { readPlan } from '../../../../lib/ops/src/pebble/answers.js';
import { changedServices, planContains } from '../../../../lib/ops/src/pebble/plan-comparison.js';
import { PlanManager } from '../../../../lib/testing/src/pebble/plan/plan-manager.js';

const planned = (...layers: readonly Layer[]): Plan => {
  const manager = new PlanManager(() => undefined);
  for (const { label, ...content } of layers) manager.add(label, JSON.stringify(content), true);
  return readPlan(load(manager.yaml()));
};

const text = fc.oneof(
  fc.string(),
  fc.constantFrom('', 'yes', '007', 'null', '1e3', ' a ', 'a\nb', '~', '0x1f', '2026-01-01'),
);
const duration = fc.constantFrom('1s', '60s', '1500ms', '1h', '90m', '0.5s', '1m30s');
const dictionary = fc.dictionary(fc.stringMatching(/^[A-Z]{1,4}$/), text);
const override = fc.constantFrom('merge' as const, 'replace' as const);

const service = fc
  .record(
    {
      override,
      summary: text,
      startup: fc.constantFrom('enabled', 'disabled'),
      environment: dictionary,
      'user-id': fc.constantFrom(0, 1000),
      user: text,
      'working-dir': text,
      'on-failure': fc.constantFrom('restart', 'ignore', 'shutdown'),
      'on-check-failure': fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('restart', 'ignore')),
      'backoff-delay': duration,
      'backoff-factor': fc.constantFrom(1, 1.5, 2),
      'kill-delay': duration,
    },
    { requiredKeys: ['override'] },
  )
  .map((spec): ServiceSpec => ({ ...spec, command: 'sleep 1' }));

const check = fc.record(
  {
    override,
    level: fc.constantFrom('alive', 'ready'),
    startup: fc.constantFrom('enabled', 'disabled'),
    period: duration,
    timeout: duration,
    threshold: fc.constantFrom(0, 1, 3, 5),
    exec: fc.record({ command: fc.constant('true'), environment: dictionary, user: fc.constant('') }),
  },
  { requiredKeys: ['override', 'exec'] },
);

const names = fc.stringMatching(/^[a-z]{1,3}$/);
const layers = fc.record({
  label: fc.constantFrom('one', 'two'),
  services: fc.dictionary(names, service),
  checks: fc.dictionary(names, check),
});

describe('planContains', () => {
  test('a plan contains the layer that was added last', () => {
    fc.assert(
      fc.property(layers, layers, (below, above) => {
        expect(planContains(planned({ ...below, label: 'below' }, { ...above, label: 'above' }), above)).toBe(true);
        expect(planContains(planned(above, above), above)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('an empty plan contains no service', () => {
    const plan: Plan = { services: {}, checks: {}, 'log-targets': {} };
    expect(planContains(plan, { label: 'a', services: { a: { override: 'replace' } } })).toBe(false);
    expect(planContains(plan, { label: 'a' })).toBe(true);
    const inherited: ServiceSpec = { override: 'replace' };
    expect(planContains(plan, { label: 'a', services: { constructor: inherited } })).toBe(false);
  });

  test.each<[string, ServiceSpec]>([
    ['another value', { override: 'replace', command: 'x', startup: 'enabled' }],
    ['a key more', { override: 'replace', command: 'x', 'user-id': 0 }],
    ['an environment value', { override: 'replace', command: 'x', environment: { A: '' } }],
    ['an order of lists', { override: 'replace', command: 'x', after: ['c', 'b'] }],
  ])('%s is a difference', (_what, spec) => {
    const base = planned({
      label: 'a',
      services: {
        a: { override: 'replace', command: 'x', after: ['b', 'c'] },
        b: { override: 'replace', command: 'x' },
      },
    });
    expect(planContains(base, { label: 'a', services: { a: spec } })).toBe(false);
    expect(
      changedServices(base, { label: 'a', services: { a: spec, b: { override: 'replace', command: 'x' } } }),
    ).toEqual(['a']);
  });

  test('merging asks only for what it sets', () => {
    const base = planned({
      label: 'a',
      services: { a: { override: 'replace', command: 'x', environment: { A: '1', B: '2' }, after: ['b', 'c'] } },
    });
    const merge = (spec: Partial<ServiceSpec>): boolean =>
      planContains(base, { label: 'a', services: { a: { override: 'merge', ...spec } } });
    expect(merge({ environment: { B: '2' } })).toBe(true);
    expect(merge({ after: ['c'] })).toBe(true);
    expect(merge({ environment: { B: '3' } })).toBe(false);
    expect(merge({ after: ['d'] })).toBe(false);
  });

  test('services that a layer adds are not changed ones', () => {
    expect(changedServices(planned(), { label: 'a', services: { a: { override: 'replace', command: 'x' } } })).toEqual(
      [],
    );
  });
});
