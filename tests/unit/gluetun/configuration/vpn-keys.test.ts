import { describe, expect, test } from '@jest/globals';
import { SecretAccessError, SecretNotFoundError } from '@charm-ts/ops';
import { describeFaults } from '../../../../src/configuration/fault.js';
import { readKeys } from '../../../../src/secret/read-secret.js';
import { readVpnKeys } from '../../../../src/secret/vpn-keys.js';
import { options, presharedKey, privateKey, publicKey } from '../options.js';

const faultsOf = (content: Record<string, string>, provider = 'mullvad'): string => {
  const reading = readVpnKeys(content, provider);
  return reading.kind === 'faults' ? describeFaults(reading.faults) : 'ok';
};

const conf = `[Interface]
PrivateKey = ${privateKey}
Address = 10.64.12.7/32, fc00:bbbb::1/128
DNS = 10.64.0.1
PostUp = iptables -F

[Peer]
PublicKey = ${publicKey}
PresharedKey = ${presharedKey}
AllowedIPs = 0.0.0.0/0
Endpoint = 203.0.113.9:51821
`;

describe('the content of the secret', () => {
  test('is taken with blanks around the keys, by the names that Gluetun has for them', () => {
    expect(readVpnKeys({ 'private-key': `${privateKey}\n`, 'openvpn-user': ' me ' })).toEqual({
      kind: 'ok',
      keys: { WIREGUARD_PRIVATE_KEY: privateKey, OPENVPN_USER: 'me' },
      attributes: new Set(['private-key', 'openvpn-user']),
      conf: undefined,
    });
  });

  test.each<[string, Record<string, string>, string]>([
    ['a short key', { 'private-key': 'c2hvcnQ=' }, 'private-key must be 32 bytes in base64 (it has 5)'],
    ['no base64', { 'private-key': 'not a key' }, 'private-key is not base64'],
    ['a bad preshared key', { 'preshared-key': 'x' }, 'preshared-key must be 32 bytes in base64'],
    ['two lines where one belongs', { 'openvpn-user': 'me\nyou' }, 'openvpn-user must be one line'],
    ['a certificate without armour', { 'openvpn-cert': 'MIIB' }, 'openvpn-cert is not a PEM file'],
    [
      'a misspelt attribute',
      { 'privat-key': privateKey },
      'attribute privat-key is not read, did you mean private-key?',
    ],
  ])('%s is a fault that says so', (_case, content, text) => {
    expect(faultsOf(content)).toContain(text);
  });

  test('the access token of NordVPN is recognised', () => {
    const token = { 'private-key': Buffer.alloc(48).toString('base64') };
    expect(faultsOf(token, 'nordvpn')).toContain('the access token is not the key');
    expect(faultsOf(token, 'mullvad')).not.toContain('token');
  });

  test('is never quoted', () => {
    const almostKey = `${privateKey}A`;
    const reading = readVpnKeys({
      'private-key': almostKey,
      'preshared-key': `${presharedKey}A`,
      'openvpn-user': 'hunter2\nx',
    });
    expect(JSON.stringify(reading)).not.toContain(privateKey.slice(0, 12));
    expect(JSON.stringify(reading)).not.toContain(presharedKey.slice(0, 12));
    expect(JSON.stringify(reading)).not.toContain('hunter2');
  });
});

describe('wg0-conf in the secret', () => {
  test('brings keys, addresses and the server', () => {
    const reading = readVpnKeys({ 'wg0-conf': conf });
    expect(reading).toMatchObject({
      kind: 'ok',
      keys: { WIREGUARD_PRIVATE_KEY: privateKey, WIREGUARD_PRESHARED_KEY: presharedKey },
      conf: {
        addresses: '10.64.12.7/32, fc00:bbbb::1/128',
        publicKey,
        endpoint: { address: '203.0.113.9', port: 51_821 },
      },
    });
  });

  test('gives way to attributes of their own', () => {
    const reading = readVpnKeys({ 'wg0-conf': conf, 'private-key': presharedKey });
    expect(reading.kind === 'ok' ? reading.keys : {}).toMatchObject({ WIREGUARD_PRIVATE_KEY: presharedKey });
  });

  test.each([
    ['a name as server', conf.replace('203.0.113.9', 'vpn.example.org'), 'Endpoint must be an IPv4 address and a port'],
    ['an IPv6 server', conf.replace('203.0.113.9', '[2001:db8::1]'), 'Endpoint must be an IPv4 address and a port'],
    ['no key', conf.replace(/PrivateKey.*/, ''), 'has no PrivateKey in [Interface]'],
    ['a cut key', conf.replace(privateKey, 'AAAA'), 'PrivateKey must be 32 bytes in base64'],
    ['two peers', `${conf}\n[Peer]\nPublicKey = ${publicKey}`, 'several [Peer] sections'],
    ['no sections', privateKey, 'line 1 is neither [Interface], [Peer] nor a setting of one'],
  ])('%s is a fault', (_case, text, problem) => {
    expect(faultsOf({ 'wg0-conf': text })).toMatch(/^wireguard-private-key-secret: wg0-conf: /);
    expect(faultsOf({ 'wg0-conf': text })).toContain(problem);
    expect(faultsOf({ 'wg0-conf': text })).not.toContain(privateKey.slice(0, 12));
  });
});

describe('openvpn-config in the secret', () => {
  const config = 'client\ndev tun\nproto udp\nremote 203.0.113.9 1194\n<ca>\nup /bin/sh\n</ca>\n';

  test('is taken, whatever its inline files hold', () => {
    expect(faultsOf({ 'openvpn-config': config })).toBe('ok');
  });

  test.each([
    ['up /bin/sh', 'line 4: up cannot be used on a gateway'],
    ['script-security 2', 'line 4: script-security cannot be used on a gateway'],
    ['route-nopull', 'line 4: route-nopull cannot be used on a gateway'],
    ['plugin x.so', 'line 4: plugin cannot be used on a gateway'],
    ['proto tcp-client', 'line 4: must use UDP'],
    ['dev tap0', 'line 4: dev must be tun'],
    ['remote vpn.example.org 1194', 'line 4: remote must be an IPv4 address, no name'],
    ['remote 203.0.113.9 443 tcp', 'line 4: must use UDP'],
    ['<connection>', 'line 4: connection cannot be used on a gateway'],
  ])('%s is refused', (line, problem) => {
    expect(faultsOf({ 'openvpn-config': config.replace('proto udp', `proto udp\n${line}`) })).toContain(problem);
  });

  test('needs a server', () => {
    expect(faultsOf({ 'openvpn-config': 'client\n' })).toContain('has no remote');
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
