import { commaList } from './comma-list.js';
import { wrong } from './fault.js';
import { openVpnProviderFaults, openVpnProviderName, openVpnSecretFaults } from './openvpn.js';
import { parseServerFilters } from './server-filters.js';
import type { ProtocolInput, ProtocolReading } from './tunnel-settings.js';

/** Reads an OpenVPN tunnel: the provider and what the secret must have for it. Filters are left to Gluetun. */
export const readOpenVpn = ({ options, provider, keys }: ProtocolInput): ProtocolReading => {
  const countries = commaList(options['server-countries']);
  const cities = commaList(options['server-cities']);
  const { filters, problems } = parseServerFilters(options['server-filters']);
  return {
    providerFaults: openVpnProviderFaults(provider),
    faults: [
      ...problems.map((problem) => wrong('server-filters', problem)),
      ...(keys?.kind === 'ok' ? openVpnSecretFaults(provider, keys.attributes, keys.keys['OPENVPN_USER']) : []),
    ],
    settings: {
      protocol: 'openvpn',
      provider: openVpnProviderName(provider),
      addresses: [],
      filters: {
        ...(countries.length === 0 ? {} : { SERVER_COUNTRIES: countries.join(',') }),
        ...(cities.length === 0 ? {} : { SERVER_CITIES: cities.join(',') }),
        ...filters,
      },
      endpoint: undefined,
      hasOpenVpnConfig: provider === 'custom' && keys?.kind === 'ok' && keys.attributes.has('openvpn-config'),
    },
  };
};
