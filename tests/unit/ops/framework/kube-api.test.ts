/* eslint-disable @typescript-eslint/require-await -- handlers are async by contract, also where nothing is awaited */
import { expect, test } from '@jest/globals';
import type { KubeApi } from '@charm-ts/ops';
import { reconciling, run } from '../hello-charm.js';

const api: KubeApi = {
  namespace: 'media',
  get: async () => undefined,
  list: async () => [],
  apply: async (object) => object,
  patch: () => Promise.reject(new Error('not here')),
  delete: async () => false,
};

test('the API is connected to once a dispatch, and only when it is asked for', async () => {
  let connections = 0;
  const host = {
    kubeApi: async (): Promise<KubeApi> => {
      connections += 1;
      return api;
    },
  };
  const seen: string[] = [];
  await run(
    reconciling(async () => undefined),
    {},
    {},
    host,
  );
  expect(connections).toBe(0);
  await run(
    reconciling(async ({ framework }) => {
      const [first, second] = await Promise.all([framework.kubeApi(), framework.kubeApi()]);
      if (first === second) seen.push(first.namespace);
    }),
    {},
    {},
    host,
  );
  expect(connections).toBe(1);
  expect(seen).toEqual(['media']);
});
