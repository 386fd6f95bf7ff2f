import { openVpnProviderNames, openVpnSecretFaults } from '../../../src/configuration/openvpn.js';
import { privateKey, publicKey } from '../../unit/gluetun/options.js';
import { attributeSettings, isSecretAttribute } from '../../../src/secret/secret-attributes.js';
import type { Row } from './row.js';

const conf = (endpoint: string): string =>
  `[Interface]\nPrivateKey = ${privateKey}\nAddress = 10.9.0.2/32\nDNS = 10.9.0.1\n[Peer]\nPublicKey = ${publicKey}\nAllowedIPs = 0.0.0.0/0\nEndpoint = ${endpoint}\n`;
const onlyConf = (endpoint: string) => ({ 'private-key': undefined, 'wg0-conf': conf(endpoint) });
const byConf = { 'wireguard-addresses': '', 'vpn-endpoint-ip': '', 'wireguard-public-key': '' } as const;

const customRows: readonly Omit<Row, 'provider'>[] = [
  { input: 'no server address', options: { 'vpn-endpoint-ip': '' }, raw: { WIREGUARD_ENDPOINT_IP: undefined } },
  {
    input: 'a server name',
    options: { 'vpn-endpoint-ip': 'vpn.example.org' },
    raw: { WIREGUARD_ENDPOINT_IP: 'vpn.example.org' },
  },
  {
    input: 'an IPv6 server',
    options: { 'vpn-endpoint-ip': '2001:db8::1' },
    raw: { WIREGUARD_ENDPOINT_IP: '2001:db8::1' },
  },
  { input: 'server port 0', options: { 'vpn-endpoint-port': 0 }, raw: { WIREGUARD_ENDPOINT_PORT: '0' } },
  { input: 'server port 70000', options: { 'vpn-endpoint-port': 70_000 }, raw: { WIREGUARD_ENDPOINT_PORT: '70000' } },
  { input: 'server port 1', options: { 'vpn-endpoint-port': 1 } },
  {
    input: 'no public key of the server',
    options: { 'wireguard-public-key': '' },
    raw: { WIREGUARD_PUBLIC_KEY: undefined },
  },
  {
    input: 'a short public key of the server',
    options: { 'wireguard-public-key': 'AAAA' },
    raw: { WIREGUARD_PUBLIC_KEY: 'AAAA' },
  },
  { input: 'wg0.conf instead of options', options: byConf, secret: onlyConf('203.0.113.9:51821') },
  {
    input: 'wg0.conf with a server name',
    options: byConf,
    secret: onlyConf('vpn.example.org:51820'),
    raw: { WIREGUARD_ENDPOINT_IP: 'vpn.example.org' },
  },
  {
    input: 'wg0.conf without a port',
    options: byConf,
    secret: onlyConf('203.0.113.9'),
    raw: { WIREGUARD_ENDPOINT_PORT: undefined },
  },
  {
    input: 'two server names for port forwarding',
    options: { 'port-forwarding': true, 'port-forwarding-provider': 'protonvpn', 'server-filters': 'names=a,b' },
    raw: { VPN_PORT_FORWARDING: 'on', VPN_PORT_FORWARDING_PROVIDER: 'protonvpn', SERVER_NAMES: 'a,b' },
  },
];

const set = (name: string, value: string | number | boolean) => ({
  input: `${name}=${value}`,
  options: { 'custom-overrides': JSON.stringify({ [name]: value }) },
  raw: { [name]: String(value) },
});

/** Options and overrides that do not depend on the provider. */
const generalRows: readonly Omit<Row, 'provider'>[] = [
  { input: 'MTU 1280', options: { 'wireguard-mtu': 1280 } },
  {
    input: 'MTU 9000',
    options: { 'wireguard-mtu': 9000 },
    raw: { WIREGUARD_MTU: '9000' },
    stricter: 'no way on the Internet takes packets of this size',
  },
  { input: 'MTU 70000', options: { 'wireguard-mtu': 70_000 }, raw: { WIREGUARD_MTU: '70000' } },
  { input: 'no keepalive', options: { 'wireguard-persistent-keepalive': 0 } },
  {
    input: 'a negative keepalive',
    options: { 'wireguard-persistent-keepalive': -1 },
    raw: { WIREGUARD_PERSISTENT_KEEPALIVE_INTERVAL: '-1s' },
  },
  ...['plain', 'dot', 'doh', 'off'].map((value) => ({
    input: `dns-upstream ${value}`,
    options: { 'dns-upstream': value },
  })),
  { input: 'dns-upstream tls', options: { 'dns-upstream': 'tls' }, raw: { DNS_UPSTREAM_RESOLVER_TYPE: 'tls' } },
  { input: 'dns-over-tls', options: { 'dns-over-tls': true } },
  ...['debug', 'info', 'warning', 'error'].map((value) => ({
    input: `log-level ${value}`,
    options: { 'log-level': value },
  })),
  { input: 'log-level verbose', options: { 'log-level': 'verbose' }, raw: { LOG_LEVEL: 'verbose' } },
  set('BLOCK_ADS', true),
  set('BLOCK_ADS', 'maybe'),
  set('BLOCK_MALICIOUS', 1),
  set('DNS_UPDATE_PERIOD', '0'),
  set('DNS_UPDATE_PERIOD', '10s'),
  set('DNS_UPDATE_PERIOD', 24),
  set('DNS_UPSTREAM_RESOLVERS', 'quad9,google'),
  set('DNS_UPSTREAM_RESOLVERS', '9.9.9.9'),
  set('DNS_BLOCK_IPS', '10.0.0.1,fd00::1'),
  set('DNS_BLOCK_IPS', '10.0.0'),
  set('DNS_BLOCK_IP_PREFIXES', '10.0.0.0/8'),
  set('DNS_BLOCK_IP_PREFIXES', '10.0.0.0/99'),
  set('DNS_UNBLOCK_HOSTNAMES', 'a.example,b_c.example'),
  set('DNS_UNBLOCK_HOSTNAMES', 'a b'),
  set('HEALTH_ICMP_TARGET_IPS', '9.9.9.9'),
  set('HEALTH_ICMP_TARGET_IPS', 'dns.example'),
  set('HEALTH_SMALL_CHECK_TYPE', 'dns'),
  set('HEALTH_SMALL_CHECK_TYPE', 'tcp'),
  set('HEALTH_RESTART_VPN', 'off'),
  set('PUBLICIP_API', 'ipinfo,cloudflare'),
  set('PUBLICIP_API', 'example'),
  set('WIREGUARD_IMPLEMENTATION', 'userspace'),
  set('WIREGUARD_IMPLEMENTATION', 'kernel'),
  set('WIREGUARD_PERSISTENT_KEEPALIVE_INTERVAL', '1m30s'),
  set('WIREGUARD_PERSISTENT_KEEPALIVE_INTERVAL', 25),
  set('UPDATER_PERIOD', '24h'),
  set('UPDATER_PERIOD', '10s'),
  set('UPDATER_MIN_RATIO', 0.5),
  { ...set('UPDATER_MIN_RATIO', 0), stricter: 'Gluetun takes its default instead' },
  set('UPDATER_MIN_RATIO', 2),
  set('PUID', 1000),
  set('PUID', 'root'),
  set('TZ', 'Europe/Zurich'),
  { ...set('FIREWALL_OUTBOUND_SUBNETS', '0.0.0.0/0') },
  { ...set('FIREWALL_OUTBOUND_SUBNETS', '128.0.0.0/1'), stricter: 'holds the kill switch' },
  { ...set('FIREWALL_ENABLED_DISABLING_IT_SHOOTS_YOU_IN_YOUR_FOOT', 'off'), stricter: 'holds the kill switch' },
  { ...set('DNS_SERVER', 'off'), stricter: 'the resolver answers the clients' },
  { ...set('HTTP_CONTROL_SERVER_ADDRESS', ':8000'), stricter: 'opens the control server' },
  { ...set('VPN_INTERFACE', 'wg0'), stricter: 'the pod is built around tun0' },
  { ...set('VPN_INTERFACE', 'wg-0') },
  { ...set('NOT_A_SETTING', 'x'), stricter: 'Gluetun ignores it; a typo should be seen' },
];

const providerRows: readonly Row[] = ['cyberghost', 'private internet access', 'mulvad', 'example'].map((provider) => ({
  provider: 'mullvad',
  input: `provider ${provider}`,
  options: { 'vpn-provider': provider },
  raw: { VPN_SERVICE_PROVIDER: provider },
  anyLine: true,
}));

const openVpnRows: readonly Row[] = openVpnProviderNames.flatMap((provider) => {
  const needed = openVpnSecretFaults(provider, new Set()).flatMap((fault) =>
    'option' in fault ? [fault.option.replace(' in the secret', '')] : [],
  );
  const base = { provider, protocol: 'openvpn' } as const;
  return [
    { ...base, input: 'OpenVPN, complete' },
    ...needed.filter(isSecretAttribute).map((attribute) => ({
      ...base,
      input: `OpenVPN without ${attribute}`,
      secret: { [attribute]: undefined },
      raw: { [attributeSettings[attribute]]: undefined },
    })),
  ];
});

const openVpnFurtherRows: readonly Row[] = [
  {
    provider: 'ivpn',
    input: 'OpenVPN with an account number and no password',
    protocol: 'openvpn',
    secret: { 'openvpn-user': 'i-Ab1c-2d3E-4f5G', 'openvpn-password': undefined },
  },
  {
    provider: 'expressvpn',
    input: 'OpenVPN over TCP',
    protocol: 'openvpn',
    options: { 'custom-overrides': '{"VPN_TYPE": "openvpn", "OPENVPN_PROTOCOL": "tcp"}' },
    raw: { OPENVPN_PROTOCOL: 'tcp' },
    stricter: 'the gateway lets nothing but UDP out beside the tunnel',
  },
  ...['strong', 'none'].map((preset) => ({
    provider: 'private internet access',
    input: `OpenVPN with encryption ${preset}`,
    protocol: 'openvpn' as const,
    options: {
      'custom-overrides': JSON.stringify({
        VPN_TYPE: 'openvpn',
        PRIVATE_INTERNET_ACCESS_OPENVPN_ENCRYPTION_PRESET: preset,
      }),
    },
    raw: { PRIVATE_INTERNET_ACCESS_OPENVPN_ENCRYPTION_PRESET: preset },
  })),
  {
    provider: 'custom',
    input: 'OpenVPN with a server name',
    protocol: 'openvpn',
    secret: { 'openvpn-config': 'client\nremote vpn.example.org 1194\n' },
    raw: { OPENVPN_CUSTOM_CONFIG: 'client\nremote vpn.example.org 1194\n' },
  },
  {
    provider: 'custom',
    input: 'OpenVPN with a script',
    protocol: 'openvpn',
    secret: { 'openvpn-config': 'client\nremote 203.0.113.9 1194\nup /bin/sh\n' },
    raw: { OPENVPN_CUSTOM_CONFIG: 'client\nremote 203.0.113.9 1194\nup /bin/sh\n' },
    stricter: 'it would run next to the firewall',
  },
];

/** What does not depend on the provider, provider custom, and OpenVPN. */
export const furtherRows: readonly Row[] = [
  ...customRows.map((row) => ({ provider: 'custom', ...row })),
  ...generalRows.map((row) => ({ provider: 'mullvad', ...row })),
  ...providerRows,
  ...openVpnRows,
  ...openVpnFurtherRows,
];
