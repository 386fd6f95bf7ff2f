import { beforeAll, describe, expect, test } from '@jest/globals';
import { client, Deployment, gateway } from './deployment.js';
import { endState } from './end-state.js';
import { leaks } from './no-leak.js';
import { allOrders } from './orders.js';
import { constraints, take } from './steps.js';
import { clusterForSuite, expectedEndState, patience } from './suite.js';

/**
 * Takes orders that Juju allows, with every pod replaced after each step: every fourth is a part of `npm test`, the others, for which that has no time,
 * of `npm run test:clients`.
 */
export const churnThrough = (part: 'fourth' | 'others'): void => {
  const here = clusterForSuite();
  let expected: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    expected = await expectedEndState(here.cluster);
  }, patience);

  describe('pods that are replaced between any two events change nothing', () => {
    test.each(
      allOrders(constraints)
        .filter((_, index) => (index % 4 === 0) === (part === 'fourth'))
        .map((order) => ({ name: order.join(', '), order })),
    )(
      '$name',
      async ({ order }) => {
        const deployment = await Deployment.empty(here.cluster);
        const { sandbox } = deployment;
        for (const step of order) {
          await take(deployment, step);
          await deployment.settle();
          for (const { name } of sandbox.model.units) sandbox.deletePod(name);
          await deployment.settle();
        }
        await deployment.updateStatus();
        expect(deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
        expect(deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 1 client');
        expect(endState(deployment)).toEqual(expected);
        expect(leaks(sandbox.journal.entries)).toEqual([]);
        expect(sandbox.failures).toEqual([]);
        await deployment.close();
      },
      patience,
    );
  });
};
