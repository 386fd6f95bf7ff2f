/** A server filter of Gluetun that a provider's servers can be chosen by. */
export type ServerFilter = 'countries' | 'cities';

/** What Gluetun needs to know, and accepts, for one provider with WireGuard. */
export interface Provider {
  readonly addresses: 'required' | 'default';
  readonly presharedKey: 'required' | 'optional';
  /** `fixed`: Gluetun exits when a port is set. */
  readonly endpointPort: 'required' | 'any' | 'fixed' | readonly number[];
  readonly filters: readonly ServerFilter[];
}

const countriesAndCities = ['countries', 'cities'] as const;

/**
 * The providers that Gluetun 3.41 runs with WireGuard; it exits for any other (its `settings/provider.go`,
 * `settings/wireguard.go` and `settings/wireguardselection.go`).
 */
export const providers = {
  airvpn: {
    addresses: 'required',
    presharedKey: 'required',
    endpointPort: [1637, 47107],
    filters: countriesAndCities,
  },
  custom: { addresses: 'required', presharedKey: 'optional', endpointPort: 'required', filters: [] },
  fastestvpn: {
    addresses: 'required',
    presharedKey: 'optional',
    endpointPort: 'fixed',
    filters: countriesAndCities,
  },
  ivpn: {
    addresses: 'required',
    presharedKey: 'optional',
    endpointPort: [53, 2049, 2050, 30587, 41893, 48574, 58237],
    filters: countriesAndCities,
  },
  mullvad: { addresses: 'required', presharedKey: 'optional', endpointPort: 'any', filters: countriesAndCities },
  nordvpn: { addresses: 'default', presharedKey: 'optional', endpointPort: 'fixed', filters: countriesAndCities },
  protonvpn: { addresses: 'default', presharedKey: 'optional', endpointPort: 'fixed', filters: countriesAndCities },
  surfshark: { addresses: 'required', presharedKey: 'optional', endpointPort: 'fixed', filters: countriesAndCities },
  windscribe: {
    addresses: 'required',
    presharedKey: 'optional',
    endpointPort: [53, 80, 123, 443, 1194, 65142],
    filters: ['cities'],
  },
} as const satisfies Record<string, Provider>;

export type ProviderName = keyof typeof providers;

export const providerNames = Object.keys(providers).filter(isProviderName);

export function isProviderName(name: string): name is ProviderName {
  return Object.hasOwn(providers, name);
}

/** The rules of a provider, as wide as {@link Provider} allows. */
export const rulesOf = (name: ProviderName): Provider => providers[name];
