import { openVpnProviderNames } from '../../../src/configuration/openvpn.js';
import { isProviderName, rulesOf } from '../../../src/configuration/providers.js';

/** Names that the rows choose servers by; the list below has one server of each kind with them. */
export const served = {
  city: 'Zurich',
  region: 'Europe',
  name: 'Achernar',
  isp: 'Datapacket',
  category: 'P2P',
  number: 1234,
  hostname: 'server-1.example.org',
} as const;

const server = (provider: string, country: string | undefined, vpn: 'wireguard' | 'openvpn') => {
  const filters: readonly string[] = isProviderName(provider) ? rulesOf(provider).filters : [];
  const has = (filter: string) => filters.includes(filter);
  return {
    vpn,
    ...(country === undefined ? {} : { country }),
    ...(has('regions') ? { region: served.region } : {}),
    ...(has('cities') ? { city: served.city } : {}),
    ...(has('isps') ? { isp: served.isp } : {}),
    ...(has('categories') ? { categories: [served.category] } : {}),
    ...(has('numbers') ? { number: served.number } : {}),
    ...(has('names') ? { server_name: served.name } : {}),
    hostname: served.hostname,
    ...(vpn === 'wireguard' ? { wgpubkey: Buffer.alloc(32, 3).toString('base64') } : { udp: true }),
    ips: ['203.0.113.9'],
  };
};

const serversOf = (provider: string) => {
  const countries = isProviderName(provider) ? (rulesOf(provider).countries?.names ?? [undefined]) : ['Sweden'];
  const vpn = isProviderName(provider) ? (['wireguard', 'openvpn'] as const) : (['openvpn'] as const);
  return vpn.flatMap((type) => countries.map((country) => server(provider, country, type)));
};

/**
 * A server list in Gluetun's own format, made from the charm's table. A Gluetun that was built without servers (its list
 * has version 1 and is older) uses it, so that choosing by country, city or name can be tried at all. It shows that both
 * compare alike; it cannot show that a name is on the list of a published image.
 */
export const serverList = (): string =>
  JSON.stringify({
    version: 1,
    ...Object.fromEntries(
      openVpnProviderNames
        .filter((provider) => provider !== 'custom')
        .map((provider) => [provider, { version: 1, timestamp: 2, servers: serversOf(provider) }]),
    ),
  });
