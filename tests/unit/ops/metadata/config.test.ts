/* eslint-disable @typescript-eslint/require-await -- handlers are async by contract, also where nothing is awaited */
import { describe, expect, test } from '@jest/globals';
import { ConfigTypeError } from '@charm-ts/ops';
import { reconcile } from '../hello-charm.js';

describe('config', () => {
  test('has what Juju gave', async () => {
    const given = { port: 9000, greeting: '', loud: true, ratio: 0.5, motto: 'on', 'api-key': 'secret:d0' };
    const { result } = await reconcile(async ({ config }) => config, { 'config-get': given });
    expect(result).toEqual(given);
    expect(Object.isFrozen(result)).toBe(true);
  });

  test('has defaults for what Juju left out, and nothing where there is none', async () => {
    const { result } = await reconcile(async ({ config }) => config, { 'config-get': { ratio: null } });
    expect(result).toEqual({ port: 8080, greeting: 'hello', loud: false });
  });

  test('leaves out options that this version of the charm does not declare, and a secret that is empty', async () => {
    const { result } = await reconcile(async ({ config }) => config, { 'config-get': { old: 1, 'api-key': '' } });
    expect(Object.keys(result)).toEqual(['port', 'greeting', 'loud']);
  });

  test('a value of another type is an error that names the option', async () => {
    const read = reconcile(async ({ config }) => config, { 'config-get': { port: '8080' } });
    await expect(read).rejects.toBeInstanceOf(ConfigTypeError);
    await expect(read).rejects.toThrow('option port should be number, but config-get gave "8080"');
  });
});
