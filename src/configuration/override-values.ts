import { isIPv4 } from 'node:net';
import { commaList } from './comma-list.js';
import type { Overrides } from './custom-overrides.js';
import { type ProviderName, rulesOf } from './providers.js';
import { wireguardKeyProblem } from './wireguard-key.js';

/** Smallest and largest MTU of the tunnel; IPv4 needs 576. */
const mtuRange = { smallest: 576, largest: 1500 };

const mtuProblem = (value: string): string | undefined =>
  /^\d{3,4}$/.test(value) && Number(value) >= mtuRange.smallest && Number(value) <= mtuRange.largest
    ? undefined
    : `must be ${mtuRange.smallest} to ${mtuRange.largest} (is "${value}")`;

const addressProblem = (value: string): string | undefined =>
  isIPv4(value) ? undefined : `must be an IPv4 address (is "${value}")`;

const addressesProblem = (value: string): string | undefined =>
  commaList(value).length > 0 && commaList(value).every(isIPv4)
    ? undefined
    : `must be IPv4 addresses, comma separated (is "${value}")`;

const portProblem = (value: string, provider: ProviderName): string | undefined => {
  const { endpointPort } = rulesOf(provider);
  if (endpointPort === 'fixed') return `cannot be set for ${provider}`;
  if (!/^\d{1,5}$/.test(value) || Number(value) < 1 || Number(value) > 65535) return 'must be a port, 1 to 65535';
  if (typeof endpointPort !== 'string' && !endpointPort.includes(Number(value))) {
    return `must be one of ${endpointPort.join(', ')} for ${provider}`;
  }
  return undefined;
};

const optionOfCustom = (provider: ProviderName, option: string, otherwise: () => string | undefined) =>
  provider === 'custom' ? `is the option ${option}` : otherwise();

const problemOf = (name: string, value: string, provider: ProviderName): string | undefined => {
  switch (name) {
    case 'WIREGUARD_MTU':
      return mtuProblem(value);
    case 'HEALTH_ICMP_TARGET_IPS':
    case 'HEALTH_ICMP_TARGET_IP':
      return addressesProblem(value);
    case 'WIREGUARD_ENDPOINT_IP':
      return optionOfCustom(provider, 'vpn-endpoint-ip', () => addressProblem(value));
    case 'WIREGUARD_ENDPOINT_PORT':
      return optionOfCustom(provider, 'vpn-endpoint-port', () => portProblem(value, provider));
    case 'WIREGUARD_PUBLIC_KEY':
      return optionOfCustom(provider, 'wireguard-public-key', () => wireguardKeyProblem(value));
    default:
      return undefined;
  }
};

/** Problems of the values of those overrides that the charm itself uses as well, or that Gluetun would exit for. */
export const overrideValueProblems = (overrides: Overrides, provider: ProviderName): readonly string[] =>
  Object.entries(overrides).flatMap(([name, value]) => {
    const problem = problemOf(name, value, provider);
    return problem === undefined ? [] : [`${name} ${problem}`];
  });
