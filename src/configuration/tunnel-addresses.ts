import { isIPv4, isIPv6 } from 'node:net';
import { commaList } from './comma-list.js';

export interface TunnelAddresses {
  /** IPv4 addresses with their prefix length. */
  readonly ipv4: readonly string[];
  readonly problems: readonly string[];
}

const prefixLength = /^\d{1,3}$/;

/**
 * Reads `wireguard-addresses`. IPv6 addresses are left out: Gluetun exits on one when the pod has no IPv6 route, and
 * the gateway forwards IPv4 only.
 */
export const parseTunnelAddresses = (option: string): TunnelAddresses => {
  const ipv4: string[] = [];
  const problems: string[] = [];
  for (const item of commaList(option)) {
    const [address = '', length, ...rest] = item.split('/');
    const bits = isIPv4(address) ? 32 : 128;
    const lengthIsValid = length === undefined || (prefixLength.test(length) && Number(length) <= bits);
    if (rest.length > 0 || !lengthIsValid || !(isIPv4(address) || isIPv6(address))) {
      problems.push(`"${item}" is not an address, e.g. 10.64.12.7/32`);
    } else if (isIPv4(address)) {
      ipv4.push(`${address}/${length ?? '32'}`);
    }
  }
  if (ipv4.length === 0 && problems.length === 0 && option.trim() !== '') {
    problems.push('needs an IPv4 address: the tunnel carries IPv4 only');
  }
  return { ipv4, problems };
};
