import type { PodCase, PodCaseName } from './pod-case.js';
import { caseNameOf } from './pod-fixtures.js';
import { exitAddress } from './workloads.js';

/** The address of the simulated node, which a pod has that goes past the tunnel. */
export const homeAddress = '203.0.113.7';

const seenAs: Partial<Record<PodCaseName | 'custom', string>> = {
  protected: exitAddress,
  'no-overlay': homeAddress,
  'eth0-default-returned': homeAddress,
};

/** What a page that tells its caller's address answers a process in the pod; `undefined`: the question does not get there. */
export function addressSeenOutside(network: PodCase): string | undefined {
  return network.seenAs ?? Object.entries(seenAs).find(([name]) => name === caseNameOf(network))?.[1];
}
