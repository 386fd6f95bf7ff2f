import { beforeAll, describe, expect, test } from '@jest/globals';
import { client, Deployment, gateway } from './deployment.js';
import { endState } from './end-state.js';
import { leaks } from './no-leak.js';
import { allOrders, sampleOf } from './orders.js';
import { constraints, fineConstraints, take, takeFine } from './steps.js';
import { clusterForSuite, expectedEndState, patience } from './suite.js';

const named = <S extends string>(orders: readonly (readonly S[])[]): { name: string; order: readonly S[] }[] =>
  orders.map((order) => ({ name: order.join(', '), order }));
const orders = allOrders(constraints);
const fineOrders = allOrders(fineConstraints);
const here = clusterForSuite();
let expected: Readonly<Record<string, unknown>>;

const expectComplete = (deployment: Deployment): void => {
  const { journal, failures } = deployment.sandbox;
  expect(deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
  expect(deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 1 client');
  expect(endState(deployment)).toEqual(expected);
  expect(leaks(journal.entries)).toEqual([]);
  expect(failures).toEqual([]);
};

beforeAll(async () => {
  expected = await expectedEndState(here.cluster);
}, patience);

describe('any order that Juju allows ends in the same state', () => {
  test('there are 52, and 268 when the secret is named later than the other options', () => {
    expect(new Set(orders.map((order) => order.join())).size).toBe(52);
    expect(new Set(fineOrders.map((order) => order.join())).size).toBe(268);
  });

  // Every order is taken with pods that are replaced on the way (churn.ts); these are the ones in which each pod may be replaced just once.
  test.each(named(sampleOf(orders, 6, 13)))(
    '$name',
    async ({ order }) => {
      const deployment = await Deployment.empty(here.cluster);
      for (const step of order) {
        await take(deployment, step);
        await deployment.settle();
      }
      // No event tells of a grant: Juju's regular update-status finds it.
      await deployment.updateStatus();
      expectComplete(deployment);
      for (const unit of [gateway, client]) {
        expect(deployment.sandbox.journal.of('pod-replaced', unit)).toHaveLength(1);
      }
      await deployment.close();
    },
    patience,
  );
});

describe('without a pause between the steps', () => {
  test.each(named(sampleOf(fineOrders, 5, 7)))(
    '$name',
    async ({ order }) => {
      const deployment = await Deployment.empty(here.cluster);
      for (const step of order) await takeFine(deployment, step);
      await deployment.settle();
      await deployment.updateStatus();
      expectComplete(deployment);
      await deployment.close();
    },
    patience,
  );
});
