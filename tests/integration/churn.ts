import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Cluster } from '@charm-ts/testing';
import { client, Deployment, gateway } from './deployment.js';
import { endState } from './end-state.js';
import { leaks } from './no-leak.js';
import { allOrders } from './orders.js';
import { constraints, take } from './steps.js';

const patience = 60_000;

/**
 * Takes every second order of all that Juju allows, with every pod replaced after each step. Two suites share the orders, so that both
 * cores of a small machine have work.
 */
export const churnThrough = (half: 0 | 1): void => {
  let cluster: Cluster;
  let expected: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    cluster = await Cluster.start();
    const reference = await Deployment.complete(cluster);
    await reference.updateStatus();
    expected = endState(reference);
    await reference.close();
  }, patience);
  afterAll(() => cluster.close());

  describe('pods that are replaced between any two events change nothing', () => {
    test.each(
      allOrders(constraints)
        .filter((_, index) => index % 2 === half)
        .map((order) => ({ name: order.join(', '), order })),
    )(
      '$name',
      async ({ order }) => {
        const deployment = await Deployment.empty(cluster);
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
