import { describe, expect, test } from '@jest/globals';
import { SecretAccessError, SecretNotFoundError } from '@charm-ts/ops';
import { describeFaults } from '../../../src/configuration/fault.js';
import type { ProviderName } from '../../../src/configuration/providers.js';
import { readKeys } from '../../../src/secret/read-secret.js';
import { readVpnKeys } from '../../../src/secret/vpn-keys.js';
import { options, presharedKey, privateKey } from './options.js';

describe('the content of the secret', () => {
  test('is taken with blanks around the keys', () => {
    expect(readVpnKeys({ 'private-key': `${privateKey}\n` }, 'mullvad')).toEqual({
      kind: 'ok',
      keys: { privateKey, presharedKey: undefined },
    });
  });

  test.each<[string, Record<string, string>, ProviderName, string]>([
    ['no attribute', {}, 'mullvad', 'has no attribute private-key'],
    ['an empty attribute', { 'private-key': ' ' }, 'mullvad', 'has no attribute private-key'],
    ['a short key', { 'private-key': 'c2hvcnQ=' }, 'mullvad', 'private-key must be 32 bytes in base64 (it has 5)'],
    ['no base64', { 'private-key': 'not a key' }, 'mullvad', 'private-key is not base64'],
    [
      'the access token of NordVPN',
      { 'private-key': Buffer.alloc(48).toString('base64') },
      'nordvpn',
      'the access token is not the key',
    ],
    [
      'airvpn without preshared key',
      { 'private-key': privateKey },
      'airvpn',
      'set preshared-key in the secret (provider airvpn needs it)',
    ],
    ['a bad preshared key', { 'private-key': privateKey, 'preshared-key': 'x' }, 'mullvad', 'preshared-key'],
  ])('%s is a fault that says so', (_case, content, provider, text) => {
    const reading = readVpnKeys(content, provider);
    expect(reading.kind).toBe('faults');
    expect(describeFaults(reading.kind === 'faults' ? reading.faults : [])).toContain(text);
  });

  test('is never quoted', () => {
    const almostKey = `${privateKey}A`;
    const reading = readVpnKeys({ 'private-key': almostKey, 'preshared-key': `${presharedKey}A` }, 'mullvad');
    expect(JSON.stringify(reading)).not.toContain(privateKey.slice(0, 12));
    expect(JSON.stringify(reading)).not.toContain(presharedKey.slice(0, 12));
  });
});

describe('a secret that cannot be read', () => {
  const model = (content: () => Promise<Record<string, string>>) => ({
    secret: (id: string) => ({ id, content }),
  });
  const call = { tool: 'secret-get', args: [] };
  const answer = { exitCode: 1, stderr: 'ERROR permission denied' };

  test.each([
    ['not granted', new SecretAccessError(call, answer), 'run: juju grant-secret secret:d0erdgfmp25c762i8np0 gluetun'],
    [
      'not there',
      new SecretNotFoundError(call, answer),
      'wireguard-private-key-secret: there is no such secret, see: juju secrets',
    ],
  ])('%s', async (_case, error, text) => {
    const reading = await readKeys(model(() => Promise.reject(error)) as never, options(), 'gluetun');
    expect(reading?.kind === 'faults' ? describeFaults(reading.faults) : '').toBe(text);
  });
});
