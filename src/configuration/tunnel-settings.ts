import { isIPv4, isIPv6 } from 'node:net';
import { commaList } from './comma-list.js';
import { type Overrides, parseOverrides } from './custom-overrides.js';
import { type Fault, unset, wrong } from './fault.js';
import type { Options } from './options.js';
import { overrideValueProblems } from './override-values.js';
import { isProviderName, type ProviderName, providerNames, rulesOf, type ServerFilter } from './providers.js';
import { parseTunnelAddresses } from './tunnel-addresses.js';
import { wireguardKeyProblem } from './wireguard-key.js';

/** The WireGuard server of provider `custom`. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
  readonly publicKey: string;
}

/** Everything about the tunnel that plain configuration says; keys come from the secret. */
export interface TunnelSettings {
  readonly provider: ProviderName;
  /** IPv4 with prefix length; empty means the provider's default. */
  readonly addresses: readonly string[];
  readonly countries: readonly string[];
  readonly cities: readonly string[];
  readonly endpoint: Endpoint | undefined;
  readonly dnsOverTls: boolean;
  readonly overrides: Overrides;
}

const providerFaults = (name: string): readonly Fault[] => {
  if (name === '') return [unset('vpn-provider')];
  if (isProviderName(name)) return [];
  if (name === 'pia' || name === 'private internet access') {
    return [
      wrong('vpn-provider', 'Private Internet Access works with OpenVPN only; use custom with its WireGuard server'),
    ];
  }
  return [wrong('vpn-provider', `"${name}" does not work with WireGuard, use one of ${providerNames.join(', ')}`)];
};

const typeFaults = (type: string): readonly Fault[] => {
  const given = type.trim().toLowerCase();
  if (given === 'wireguard') return [];
  return [wrong('vpn-type', `must be wireguard${given === 'openvpn' ? ' (OpenVPN is not supported)' : ''}`)];
};

const addressFaults = (options: Options, provider: ProviderName | undefined): readonly Fault[] => {
  const { ipv4, problems } = parseTunnelAddresses(options['wireguard-addresses']);
  if (problems.length > 0) return problems.map((problem) => wrong('wireguard-addresses', problem));
  if (ipv4.length > 0 || provider === undefined || rulesOf(provider).addresses === 'default') return [];
  return [unset('wireguard-addresses', `provider ${provider} needs it`)];
};

const filterFaults = (options: Options, provider: ProviderName | undefined): readonly Fault[] => {
  if (provider === undefined) return [];
  const given: readonly (readonly [ServerFilter, 'server-countries' | 'server-cities'])[] = [
    ['countries', 'server-countries'],
    ['cities', 'server-cities'],
  ];
  return given.flatMap(([filter, option]) =>
    commaList(options[option]).length === 0 || rulesOf(provider).filters.includes(filter)
      ? []
      : [wrong(option, `provider ${provider} cannot choose servers by it, leave it empty`)],
  );
};

const endpointAddressFaults = (address: string): readonly Fault[] => {
  if (address === '') return [unset('vpn-endpoint-ip', 'provider custom needs it')];
  if (isIPv4(address)) return [];
  return [
    wrong(
      'vpn-endpoint-ip',
      isIPv6(address) ? 'must be an IPv4 address' : `must be an IPv4 address, no name (is "${address}")`,
    ),
  ];
};

const publicKeyFaults = (key: string): readonly Fault[] => {
  if (key === '') return [unset('wireguard-public-key', 'provider custom needs it')];
  const problem = wireguardKeyProblem(key);
  return problem === undefined ? [] : [wrong('wireguard-public-key', problem)];
};

const endpointFaults = (options: Options, provider: ProviderName | undefined): readonly Fault[] => {
  if (provider !== 'custom') return [];
  const port = options['vpn-endpoint-port'];
  return [
    ...endpointAddressFaults(options['vpn-endpoint-ip'].trim()),
    ...(port >= 1 && port <= 65_535 ? [] : [wrong('vpn-endpoint-port', `must be 1 to 65535 (is ${port})`)]),
    ...publicKeyFaults(options['wireguard-public-key'].trim()),
  ];
};

const overrideFaults = (options: Options, provider: ProviderName | undefined): readonly Fault[] => {
  const reading = parseOverrides(options['custom-overrides']);
  if (reading.kind === 'wrong') return reading.problems.map((problem) => wrong('custom-overrides', problem));
  if (provider === undefined) return [];
  return overrideValueProblems(reading.overrides, provider).map((problem) => wrong('custom-overrides', problem));
};

const endpointOf = (options: Options): Endpoint => ({
  address: options['vpn-endpoint-ip'].trim(),
  port: options['vpn-endpoint-port'],
  publicKey: options['wireguard-public-key'].trim(),
});

/** Reads and checks the options of the tunnel; all faults are listed, not just the first. */
export const readTunnelSettings = (
  options: Options,
): { readonly faults: readonly Fault[]; readonly tunnel: TunnelSettings | undefined } => {
  const name = options['vpn-provider'].trim().toLowerCase();
  const provider = isProviderName(name) ? name : undefined;
  const faults = [
    ...typeFaults(options['vpn-type']),
    ...providerFaults(name),
    ...((options['wireguard-private-key-secret'] ?? '') === '' ? [unset('wireguard-private-key-secret')] : []),
    ...addressFaults(options, provider),
    ...endpointFaults(options, provider),
    ...filterFaults(options, provider),
    ...overrideFaults(options, provider),
  ];
  const overrides = parseOverrides(options['custom-overrides']);
  if (faults.length > 0 || provider === undefined || overrides.kind !== 'ok') return { faults, tunnel: undefined };
  return {
    faults,
    tunnel: {
      provider,
      addresses: parseTunnelAddresses(options['wireguard-addresses']).ipv4,
      countries: commaList(options['server-countries']),
      cities: commaList(options['server-cities']),
      endpoint: provider === 'custom' ? endpointOf(options) : undefined,
      dnsOverTls: options['dns-over-tls'],
      overrides: overrides.overrides,
    },
  };
};
