import { type FilterName, type ProviderName, providerNames, rulesOf } from '../../../src/configuration/providers.js';
import { filterNames, filterSettings } from '../../../src/configuration/server-filters.js';
import { presharedKey, publicKey } from '../../unit/gluetun/options.js';
import type { Row } from './row.js';
import { served } from './server-list.js';

type Part = Omit<Row, 'provider'>;

const notChecked = 'the charm has no list of these; Gluetun ends at its start, and the status names the options';
const shortKey = 'c2hvcnQ=';

/** Keys of the tunnel: there, missing, wrong. */
const keyRows = (provider: ProviderName): readonly Part[] => {
  const secretOf = (key: string) => (rulesOf(provider).presharedKey === 'required' ? {} : { 'preshared-key': key });
  return [
    { input: 'complete' },
    { input: 'no private key', secret: { 'private-key': undefined }, raw: { WIREGUARD_PRIVATE_KEY: undefined } },
    { input: 'a short private key', secret: { 'private-key': shortKey }, raw: { WIREGUARD_PRIVATE_KEY: shortKey } },
    {
      input: 'a private key that is none',
      secret: { 'private-key': 'a key' },
      raw: { WIREGUARD_PRIVATE_KEY: 'a key' },
    },
    { input: 'with a preshared key', secret: secretOf(presharedKey) },
    { input: 'no preshared key', secret: { 'preshared-key': undefined }, raw: { WIREGUARD_PRESHARED_KEY: undefined } },
    {
      input: 'a wrong preshared key',
      secret: { 'preshared-key': shortKey },
      raw: { WIREGUARD_PRESHARED_KEY: shortKey },
    },
  ];
};

const addressRows: readonly Part[] = [
  { input: 'no addresses', options: { 'wireguard-addresses': '' }, raw: { WIREGUARD_ADDRESSES: undefined } },
  {
    input: 'an address with a wrong length',
    options: { 'wireguard-addresses': '10.64.12.7/33' },
    raw: { WIREGUARD_ADDRESSES: '10.64.12.7/33' },
  },
  { input: 'an address that is none', options: { 'wireguard-addresses': 'x' }, raw: { WIREGUARD_ADDRESSES: 'x' } },
  {
    input: 'an IPv6 address alone',
    options: { 'wireguard-addresses': 'fc00:bbbb::1/128' },
    raw: { WIREGUARD_ADDRESSES: 'fc00:bbbb::1/128' },
  },
  { input: 'an IPv6 address beside', options: { 'wireguard-addresses': '10.64.12.7/32, fc00:bbbb::1/128' } },
  { input: 'a bare address', options: { 'wireguard-addresses': ' 10.64.12.7 ' } },
];

const placeRows = (provider: ProviderName): readonly Part[] => {
  const { countries } = rulesOf(provider);
  const country = countries?.names.find((name) => name === 'Sweden') ?? 'Sweden';
  const set = (value: string) => ({ options: { 'server-countries': value }, raw: { SERVER_COUNTRIES: value } });
  return [
    { input: 'a country', ...set(country) },
    { input: 'a misspelt country', ...set('Sweeden') },
    ...(countries === undefined
      ? []
      : [
          { input: 'two countries', options: { 'server-countries': `${country}, Norway` } },
          {
            input: 'a misspelt country beside a right one',
            options: { 'server-countries': `${country},Norwai` },
            raw: { SERVER_COUNTRIES: `${country},Norwai` },
            stricter: 'Gluetun only warns; a typo should be seen',
          },
        ]),
    { input: 'a city', options: { 'server-cities': served.city }, raw: { SERVER_CITIES: served.city } },
    {
      input: 'a city without servers',
      options: { 'server-cities': 'Nowhere' },
      raw: { SERVER_CITIES: 'Nowhere' },
      ...(provider === 'custom' ? {} : { unknowable: notChecked }),
    },
  ];
};

const values: Readonly<Partial<Record<FilterName, string>>> = {
  regions: served.region,
  hostnames: served.hostname,
  names: served.name,
  isps: served.isp,
  categories: served.category,
  numbers: String(served.number),
};

const filterRows = (provider: ProviderName): readonly Part[] =>
  filterNames.map((filter) => {
    const { setting, value: kind } = filterSettings[filter];
    const value = kind === 'flag' ? 'on' : (values[filter] ?? '');
    const row = {
      input: `filter ${filter}`,
      options: { 'server-filters': `${filter}=${value}` },
      raw: { [setting]: value },
    };
    const nobodyAsks = filter === 'numbers' && !rulesOf(provider).filters.includes(filter);
    if (provider === 'custom' && filter === 'names') return { ...row, stricter: 'only port forwarding asks for it' };
    return nobodyAsks ? { ...row, stricter: 'Gluetun finds no server then, and tries for ever' } : row;
  });

const overridden = (name: string, value: string) =>
  ({ options: { 'custom-overrides': JSON.stringify({ [name]: value }) }, raw: { [name]: value } }) as const;

const overrideRows = (provider: ProviderName): readonly Part[] => {
  const isOption = provider === 'custom' ? { stricter: 'there is an option for it' } : {};
  return [
    ...[53, 443, 1637, 51_820, 58_237].map((port) => ({
      input: `endpoint port ${port}`,
      ...overridden('WIREGUARD_ENDPOINT_PORT', String(port)),
      ...isOption,
    })),
    { input: 'endpoint port 70000', ...overridden('WIREGUARD_ENDPOINT_PORT', '70000') },
    { input: 'an endpoint address', ...overridden('WIREGUARD_ENDPOINT_IP', '203.0.113.10'), ...isOption },
    { input: 'a name as endpoint', ...overridden('WIREGUARD_ENDPOINT_IP', 'vpn.example.org') },
    { input: 'a public key', ...overridden('WIREGUARD_PUBLIC_KEY', publicKey), ...isOption },
    { input: 'a wrong public key', ...overridden('WIREGUARD_PUBLIC_KEY', shortKey) },
  ];
};

const forwardingRows = (provider: ProviderName): readonly Part[] => [
  { input: 'port forwarding', options: { 'port-forwarding': true }, raw: { VPN_PORT_FORWARDING: 'on' } },
  {
    input: "port forwarding in ProtonVPN's way",
    options: { 'port-forwarding': true, 'port-forwarding-provider': 'protonvpn' },
    raw: { VPN_PORT_FORWARDING: 'on', VPN_PORT_FORWARDING_PROVIDER: 'protonvpn' },
  },
  {
    input: "port forwarding in Private Internet Access' way without an account",
    options: { 'port-forwarding': true, 'port-forwarding-provider': 'private internet access' },
    raw: { VPN_PORT_FORWARDING: 'on', VPN_PORT_FORWARDING_PROVIDER: 'private internet access' },
  },
  {
    input: "port forwarding in Private Internet Access' way with one",
    options: {
      'port-forwarding': true,
      'port-forwarding-provider': 'private internet access',
      ...(provider === 'custom' ? { 'server-filters': 'names=zurich401' } : {}),
    },
    secret: { 'port-forwarding-username': 'p1234567', 'port-forwarding-password': 'not-a-password' },
  },
];

/** Every provider that works with WireGuard × what can be there, missing or wrong. */
export const wireguardRows: readonly Row[] = providerNames.flatMap((provider) =>
  [
    ...keyRows(provider),
    ...addressRows,
    ...placeRows(provider),
    ...filterRows(provider),
    ...overrideRows(provider),
    ...forwardingRows(provider),
  ].map((part) => ({ provider, ...part })),
);
