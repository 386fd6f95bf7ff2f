import { TestingError } from '../errors/testing-error.js';
import recorded from './fixtures/pods.json' with { type: 'json' };
import type { PodCase, PodCaseName } from './pod-case.js';

const cases: Readonly<Record<string, PodCase>> = recorded;

/** A recorded situation by name. */
export function podFixture(name: PodCaseName): PodCase {
  const found = cases[name];
  if (found === undefined) {
    throw new TestingError('bad-argument', `simulation/fixtures/pods.json has no case "${name}"`);
  }
  return found;
}

/** The name of a recorded situation; one that a test has made up is `custom`. */
export function caseNameOf(network: PodCase): string {
  return Object.entries(cases).find(([, recorded]) => recorded === network)?.[0] ?? 'custom';
}
