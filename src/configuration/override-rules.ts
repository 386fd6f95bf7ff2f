import { isIP, isIPv4 } from 'node:net';
import { commaList } from './comma-list.js';
import { mtuProblem } from './overlay-settings.js';

/** Why a value cannot be taken, as the rest of a sentence that begins with the setting's name. */
export type ValueRule = (value: string) => string | undefined;

/** Gluetun takes these words for booleans, and exits for 1 and 0. */
const yes = ['on', 'yes', 'true', 'enabled'];
const no = ['off', 'no', 'false', 'disabled'];

export const isOn = (value: string | undefined): boolean => yes.includes(value?.toLowerCase() ?? '');

const flag: ValueRule = (value) =>
  [...yes, ...no].includes(value.toLowerCase()) ? undefined : `must be on or off (is "${value}")`;

const oneOf =
  (...choices: readonly string[]): ValueRule =>
  (value) =>
    choices.includes(value.toLowerCase()) ? undefined : `must be ${choices.join(', ')} (is "${value}")`;

const listOf =
  (what: string, isItem: (item: string) => boolean): ValueRule =>
  (value) => {
    const items = commaList(value);
    return items.length > 0 && items.every(isItem) ? undefined : `must be ${what}, comma separated (is "${value}")`;
  };

const integer =
  (smallest: number, largest: number): ValueRule =>
  (value) =>
    /^\d{1,10}$/.test(value) && Number(value) >= smallest && Number(value) <= largest
      ? undefined
      : `must be ${smallest} to ${largest} (is "${value}")`;

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** Seconds of a duration as Gluetun writes it, `1h30m` or `25s`; `undefined` when it is none. */
const secondsOf = (value: string): number | undefined => {
  if (value === '0') return 0;
  if (!/^(\d+[smh])+$/.test(value)) return undefined;
  const parts = value.match(/\d+[smh]/g) ?? [];
  return parts.reduce((sum, part) => sum + Number(part.slice(0, -1)) * (unitSeconds[part.slice(-1)] ?? 0), 0);
};

const duration =
  (smallestSeconds: number): ValueRule =>
  (value) => {
    const seconds = secondsOf(value);
    if (seconds === undefined) return `must be a duration such as 25s, 10m or 24h (is "${value}")`;
    return seconds !== 0 && seconds < smallestSeconds ? `must be 0 or at least ${smallestSeconds}s` : undefined;
  };

const hostName = /^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?)*$/;
const isPrefix = (item: string): boolean => {
  const [address = '', length = '', ...rest] = item.split('/');
  return (
    rest.length === 0 &&
    isIP(address) !== 0 &&
    /^\d{1,3}$/.test(length) &&
    Number(length) <= (isIPv4(address) ? 32 : 128)
  );
};

const isHostAndPort = (item: string): boolean => {
  const [host = '', port = '', ...rest] = item.split(':');
  return rest.length === 0 && hostName.test(host) && integer(1, 65_535)(port) === undefined;
};

const resolvers = [
  'cira family',
  'cira private',
  'cira protected',
  'cleanbrowsing adult',
  'cleanbrowsing family',
  'cleanbrowsing security',
  'cloudflare',
  'cloudflare family',
  'cloudflare security',
  'google',
  'libredns',
  'opendns',
  'quad9',
  'quad9 secured',
  'quad9 unsecured',
  'quadrant',
];

const addressFinders = ['cloudflare', 'ifconfigco', 'ip2location', 'ipinfo'];
const anything: ValueRule = () => undefined;
const lists = listOf('names', (item) => item !== '');
const cipher = /^[A-Za-z0-9-]+$/;

/** Settings of Gluetun 3.41 that `custom-overrides` takes, and the values for which Gluetun does not exit. */
export const overrideRules: Readonly<Record<string, ValueRule>> = {
  VPN_TYPE: oneOf('wireguard', 'openvpn'),
  VPN_SERVICE_PROVIDER: anything,
  SERVER_COUNTRIES: lists,
  SERVER_CITIES: lists,
  SERVER_REGIONS: lists,
  SERVER_HOSTNAMES: lists,
  SERVER_NAMES: lists,
  SERVER_CATEGORIES: lists,
  SERVER_NUMBER: listOf('numbers', (item) => integer(0, 65_535)(item) === undefined),
  ISP: lists,
  OWNED_ONLY: flag,
  FREE_ONLY: flag,
  PREMIUM_ONLY: flag,
  STREAM_ONLY: flag,
  SECURE_CORE_ONLY: flag,
  TOR_ONLY: flag,
  PORT_FORWARD_ONLY: flag,
  MULTIHOP_ONLY: flag,
  WIREGUARD_ENDPOINT_IP: anything,
  WIREGUARD_ENDPOINT_PORT: anything,
  WIREGUARD_PUBLIC_KEY: anything,
  WIREGUARD_MTU: mtuProblem,
  WIREGUARD_PERSISTENT_KEEPALIVE_INTERVAL: duration(0),
  WIREGUARD_IMPLEMENTATION: oneOf('auto', 'userspace', 'kernelspace'),
  DNS_UPSTREAM_RESOLVERS: listOf(resolvers.join(', '), (item) => resolvers.includes(item.toLowerCase())),
  DNS_CACHING: flag,
  DNS_UPSTREAM_IPV6: flag,
  DNS_UPDATE_PERIOD: duration(30),
  DNS_UNBLOCK_HOSTNAMES: listOf('host names', (item) => hostName.test(item)),
  DNS_REBINDING_PROTECTION_EXEMPT_HOSTNAMES: listOf('host names', (item) => hostName.test(item)),
  DNS_BLOCK_IPS: listOf('addresses', (item) => isIP(item) !== 0),
  DNS_BLOCK_IP_PREFIXES: listOf('prefixes', isPrefix),
  BLOCK_MALICIOUS: flag,
  BLOCK_SURVEILLANCE: flag,
  BLOCK_ADS: flag,
  HEALTH_TARGET_ADDRESSES: listOf('host:port', isHostAndPort),
  HEALTH_ICMP_TARGET_IPS: listOf('IPv4 addresses', isIPv4),
  HEALTH_SMALL_CHECK_TYPE: oneOf('icmp', 'dns'),
  HEALTH_RESTART_VPN: flag,
  PUBLICIP_API: listOf(addressFinders.join(', '), (item) => addressFinders.includes(item.toLowerCase())),
  UPDATER_PERIOD: duration(60),
  UPDATER_MIN_RATIO: (value) =>
    /^(0?\.\d{1,4}|1(\.0)?)$/.test(value) && Number(value) > 0
      ? undefined
      : `must be above 0, 1 at most (is "${value}")`,
  LOG_LEVEL: oneOf('debug', 'info', 'warn', 'error'),
  TZ: anything,
  PUID: integer(0, 4_294_967_295),
  PGID: integer(0, 4_294_967_295),
  OPENVPN_PROTOCOL: (value) =>
    value.toLowerCase() === 'udp' ? undefined : 'must be udp: the gateway lets nothing else out beside the tunnel',
  OPENVPN_VERSION: oneOf('2.5', '2.6'),
  OPENVPN_ENDPOINT_IP: (value) => (isIPv4(value) ? undefined : `must be an IPv4 address (is "${value}")`),
  OPENVPN_ENDPOINT_PORT: integer(1, 65_535),
  OPENVPN_CIPHERS: listOf('ciphers', (item) => cipher.test(item)),
  OPENVPN_AUTH: (value) => (cipher.test(value) ? undefined : `must be a digest such as sha256 (is "${value}")`),
  OPENVPN_MSSFIX: integer(0, 10_000),
  OPENVPN_VERBOSITY: integer(0, 6),
  PRIVATE_INTERNET_ACCESS_OPENVPN_ENCRYPTION_PRESET: oneOf('normal', 'strong'),
};
