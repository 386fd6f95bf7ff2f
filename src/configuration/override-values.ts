import { isIPv4 } from 'node:net';
import type { Overrides } from './custom-overrides.js';
import { isOn } from './override-rules.js';
import { type ProviderName, rulesOf } from './providers.js';
import { wireguardKeyProblem } from './wireguard-key.js';

const addressProblem = (value: string): string | undefined =>
  isIPv4(value) ? undefined : `must be an IPv4 address (is "${value}")`;

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
    case 'WIREGUARD_ENDPOINT_IP':
      return optionOfCustom(provider, 'vpn-endpoint-ip', () => addressProblem(value));
    case 'WIREGUARD_ENDPOINT_PORT':
      return optionOfCustom(provider, 'vpn-endpoint-port', () => portProblem(value, provider));
    case 'WIREGUARD_PUBLIC_KEY':
      return optionOfCustom(provider, 'wireguard-public-key', () => wireguardKeyProblem(value));
    case 'PREMIUM_ONLY':
      return isOn(value) ? 'needs OpenVPN' : undefined;
    default:
      return name.startsWith('OPENVPN_') || name.startsWith('PRIVATE_INTERNET_ACCESS_')
        ? 'belongs to OpenVPN, add "VPN_TYPE": "openvpn"'
        : undefined;
  }
};

/** Problems of overrides that depend on the provider, with WireGuard. */
export const overrideValueProblems = (overrides: Overrides, provider: ProviderName): readonly string[] =>
  Object.entries(overrides).flatMap(([name, value]) => {
    const problem = problemOf(name, value, provider);
    return problem === undefined ? [] : [`${name} ${problem}`];
  });
