import { describe, expect, test } from '@jest/globals';
import { SecretAccessError, SecretNotFoundError } from '@charm-ts/ops';
import { fails } from '../fake-hook-tools.js';
import { reconcile } from '../hello-charm.js';

const calls = (lines: readonly string[]): string[] => lines.filter((line) => line.startsWith('secret-'));

describe('Secret', () => {
  test('gives its content, of the latest revision when it refreshes', async () => {
    const { result, tools } = await reconcile(({ model }) => model.secret('secret:d0').content({ refresh: true }), {
      'secret-get': { 'private-key': 'abc' },
    });
    expect(result).toEqual({ 'private-key': 'abc' });
    expect(calls(tools.lines)).toEqual(['secret-get --format=json secret:d0 --refresh']);
  });

  test('is asked for once, and again only to refresh', async () => {
    const { tools } = await reconcile(
      async ({ model }) => {
        await model.secret('secret:d0').content();
        await model.secret('secret:d0').content();
        await model.secret('secret:d0').content({ refresh: true });
        await model.secret('secret:d0').content({ refresh: true });
        await model.secret('secret:d0').content();
      },
      { 'secret-get': {} },
    );
    expect(calls(tools.lines)).toEqual([
      'secret-get --format=json secret:d0',
      'secret-get --format=json secret:d0 --refresh',
    ]);
  });

  test('an identifier without its scheme gets it', async () => {
    const { result } = await reconcile(async ({ model }) => model.secret('d0').id());
    expect(result).toBe('secret:d0');
  });

  test.each([
    ['permission denied', SecretAccessError],
    ['"hello/0" is not allowed to read this secret', SecretAccessError],
    ['secret "d0" not found', SecretNotFoundError],
  ])('%s', async (words, expected) => {
    const read = reconcile(({ model }) => model.secret('secret:d0').content(), { 'secret-get': fails(words) });
    await expect(read).rejects.toBeInstanceOf(expected);
  });
});
