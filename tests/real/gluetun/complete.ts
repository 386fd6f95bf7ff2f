import type { Options } from '../../../src/configuration/options.js';
import { openVpnSecretFaults } from '../../../src/configuration/openvpn.js';
import { isProviderName, rulesOf } from '../../../src/configuration/providers.js';
import { defaults, presharedKey, privateKey, publicKey } from '../../unit/gluetun/options.js';
import type { Row } from './row.js';

const pem = (what: string): string => `-----BEGIN ${what}-----\nMDAwMDAwMDA=\n-----END ${what}-----`;

/** A value for each attribute that OpenVPN can need. */
export const openVpnAttributes: Readonly<Record<string, string>> = {
  'openvpn-user': 'someone',
  'openvpn-password': 'not-a-password',
  'openvpn-cert': pem('CERTIFICATE'),
  'openvpn-key': pem('PRIVATE KEY'),
  'openvpn-encrypted-key': pem('ENCRYPTED PRIVATE KEY'),
  'openvpn-key-passphrase': 'not-a-passphrase',
  'openvpn-config': 'client\ndev tun\nproto udp\nremote 203.0.113.9 1194\n',
};

/** Options of a configuration to which nothing is missing. */
export const completeOptions = (provider: string, protocol: Row['protocol']): Options => ({
  ...defaults,
  'vpn-provider': provider,
  'wireguard-private-key-secret': 'secret:d0erdgfmp25c762i8np0',
  ...(protocol === 'openvpn'
    ? { 'custom-overrides': '{"VPN_TYPE": "openvpn"}' }
    : { 'wireguard-addresses': '10.64.12.7/32' }),
  ...(provider === 'custom' && protocol === undefined
    ? { 'vpn-endpoint-ip': '203.0.113.9', 'wireguard-public-key': publicKey }
    : {}),
});

/** The secret of such a configuration. */
export const completeSecret = (provider: string, protocol: Row['protocol']): Readonly<Record<string, string>> => {
  if (protocol === 'openvpn') {
    const needed = openVpnSecretFaults(provider, new Set()).map((fault) => ('option' in fault ? fault.option : ''));
    const names = Object.keys(openVpnAttributes).filter((name) => needed.includes(`${name} in the secret`));
    return Object.fromEntries(names.map((name) => [name, openVpnAttributes[name] ?? '']));
  }
  const needsPresharedKey = isProviderName(provider) && rulesOf(provider).presharedKey === 'required';
  return { 'private-key': privateKey, ...(needsPresharedKey ? { 'preshared-key': presharedKey } : {}) };
};
