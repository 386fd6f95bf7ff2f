/* eslint-disable @typescript-eslint/require-await -- handlers are async by contract, also where nothing is awaited */
import { describe, expect, test } from '@jest/globals';
import { reconcile } from '../hello-charm.js';

describe('StateStore', () => {
  test('is read with one process, when first asked for', async () => {
    const { result, tools } = await reconcile(
      async ({ framework: { state } }) => Promise.all([state.get('a'), state.get('b'), state.get('c')]),
      { 'state-get': { a: '1', b: '' } },
    );
    expect(result).toEqual(['1', '', undefined]);
    expect(tools.lines).toEqual(['config-get --format=json', 'state-get --format=json']);
  });

  test('shows what was set in this dispatch, and writes it once', async () => {
    const { result, tools } = await reconcile(
      async ({ framework: { state } }) => {
        state.set('a', '2');
        state.set('a', '3');
        state.set('d', 'new');
        state.delete('b');
        return [await state.get('a'), await state.get('b')];
      },
      { 'state-get': { a: '1', b: 'x' } },
    );
    expect(result).toEqual(['3', undefined]);
    expect(tools.writes).toEqual(['state-delete b', 'state-set --file - < {"a":"3","d":"new"}']);
  });

  test('what is so already is not written', async () => {
    const { tools } = await reconcile(
      async ({ framework: { state } }) => {
        state.set('a', '1');
        state.delete('unknown');
      },
      { 'state-get': { a: '1' } },
    );
    expect(tools.writes).toEqual([]);
  });

  test('an empty controller answers with nothing', async () => {
    const { result } = await reconcile(({ framework: { state } }) => state.get('a'), { 'state-get': null });
    expect(result).toBeUndefined();
  });
});
