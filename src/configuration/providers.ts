import { fastestvpnCountries, ivpnCountries, mullvadCountries, worldCountries } from './countries.js';

/** A property of servers that Gluetun can choose them by. */
export type FilterName =
  | 'countries'
  | 'cities'
  | 'regions'
  | 'hostnames'
  | 'names'
  | 'isps'
  | 'categories'
  | 'numbers'
  | 'owned'
  | 'free'
  | 'stream'
  | 'secure-core'
  | 'tor'
  | 'port-forward'
  | 'multihop';

/** What Gluetun needs to know, and accepts, for one provider with WireGuard. */
export interface Provider {
  /** As the provider writes itself. */
  readonly title: string;
  readonly addresses: 'required' | 'default';
  readonly presharedKey: 'required' | 'optional';
  /** `fixed`: Gluetun exits when a port is set. */
  readonly endpointPort: 'required' | 'any' | 'fixed' | readonly number[];
  /** Gluetun exits for a filter that none of the provider's servers has. */
  readonly filters: readonly FilterName[];
  /** `exact`: the provider's own list; `spelling`: the list is long and changes, so only the spelling is checked. */
  readonly countries: { readonly check: 'exact' | 'spelling'; readonly names: readonly string[] } | undefined;
  readonly portForwarding: boolean;
}

/** From where the facts below are: rules from Gluetun's source, countries from its server lists. */
export const providerSource = { gluetun: '3.41.3', serverLists: '2026-08-06' } as const;

const exact = (names: readonly string[]) => ({ check: 'exact', names }) as const;
const spelling = { check: 'spelling', names: worldCountries } as const;
const places = ['countries', 'cities', 'hostnames'] as const;

/**
 * The providers that Gluetun runs with WireGuard; it exits for any other (its `settings/provider.go`,
 * `settings/wireguard.go`, `settings/wireguardselection.go` and `settings/serverselection.go`).
 */
export const providers = {
  airvpn: {
    title: 'AirVPN',
    addresses: 'required',
    presharedKey: 'required',
    endpointPort: [1637, 47107],
    filters: [...places, 'regions', 'names'],
    countries: spelling,
    portForwarding: false,
  },
  custom: {
    title: 'custom',
    addresses: 'required',
    presharedKey: 'optional',
    endpointPort: 'required',
    filters: [],
    countries: undefined,
    portForwarding: false,
  },
  fastestvpn: {
    title: 'FastestVPN',
    addresses: 'required',
    presharedKey: 'optional',
    endpointPort: 'fixed',
    filters: places,
    countries: exact(fastestvpnCountries),
    portForwarding: false,
  },
  ivpn: {
    title: 'IVPN',
    addresses: 'required',
    presharedKey: 'optional',
    endpointPort: [53, 2049, 2050, 30587, 41893, 48574, 58237],
    filters: [...places, 'isps'],
    countries: exact(ivpnCountries),
    portForwarding: false,
  },
  mullvad: {
    title: 'Mullvad',
    addresses: 'required',
    presharedKey: 'optional',
    endpointPort: 'any',
    filters: [...places, 'isps', 'owned'],
    countries: exact(mullvadCountries),
    portForwarding: false,
  },
  nordvpn: {
    title: 'NordVPN',
    addresses: 'default',
    presharedKey: 'optional',
    endpointPort: 'fixed',
    filters: [...places, 'regions', 'categories', 'numbers'],
    countries: spelling,
    portForwarding: false,
  },
  protonvpn: {
    title: 'ProtonVPN',
    addresses: 'default',
    presharedKey: 'optional',
    endpointPort: 'fixed',
    filters: [...places, 'regions', 'names', 'free', 'stream', 'secure-core', 'tor', 'port-forward'],
    countries: spelling,
    portForwarding: true,
  },
  surfshark: {
    title: 'Surfshark',
    addresses: 'required',
    presharedKey: 'optional',
    endpointPort: 'fixed',
    filters: [...places, 'regions', 'multihop'],
    countries: spelling,
    portForwarding: false,
  },
  windscribe: {
    title: 'Windscribe',
    addresses: 'required',
    presharedKey: 'optional',
    endpointPort: [53, 80, 123, 443, 1194, 65142],
    filters: ['regions', 'cities', 'hostnames'],
    countries: undefined,
    portForwarding: false,
  },
} as const satisfies Record<string, Provider>;

export type ProviderName = keyof typeof providers;

export const providerNames: readonly ProviderName[] = Object.keys(providers).filter(isProviderName);

export function isProviderName(name: string): name is ProviderName {
  return Object.hasOwn(providers, name);
}

/** The rules of a provider, as wide as {@link Provider} allows. */
export const rulesOf = (name: ProviderName): Provider => providers[name];
