import { parseRecord } from '../json.js';
import { overrideRules } from './override-rules.js';
import { didYouMean } from './suggestion.js';

/** Further Gluetun settings by name, as the operator gave them in `custom-overrides`. */
export type Overrides = Readonly<Record<string, string>>;

export type OverridesReading =
  | { readonly kind: 'ok'; readonly overrides: Overrides }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

const holdsKillSwitch = 'holds the kill switch and cannot be changed';
const isOurs = 'is set by the charm and cannot be changed';
const runsCommands = 'runs commands next to the firewall and cannot be set';
const opensPort = 'opens a server on the gateway and cannot be set';
const isOption = (option: string): string => `is the option ${option}`;
const isNow = (name: string): string => `has a new name: ${name}`;
const isSecret = (attribute: string): string =>
  `is a secret: put it in the secret of wireguard-private-key-secret as ${attribute}, never in plain configuration`;

/**
 * Settings that are refused, with the reason. Gluetun tries deprecated names before the current ones
 * (`gosettings` RetroKeys), so one of them would win over what the charm sets.
 */
const refused: readonly (readonly [RegExp, string])[] = [
  [/^(FIREWALL|EXTRA_SUBNETS$)/, holdsKillSwitch],
  [/^(VPN|WIREGUARD|OPENVPN)_INTERFACE$/, holdsKillSwitch],
  [/^WIREGUARD_ALLOWED_IPS$/, holdsKillSwitch],
  [/^(DNS_SERVER|DNS_KEEP_NAMESERVER|DNS_ADDRESS|DNS_PLAINTEXT_ADDRESS)$/, holdsKillSwitch],
  [/^(DOT|DNS_UPSTREAM_RESOLVER_TYPE)$/, isOption('dns-over-tls, or dns-upstream')],
  [/^HTTP_CONTROL_SERVER_/, 'opens the control server and cannot be set'],
  [/^(HEALTH_SERVER_ADDRESS|PUBLICIP_(FILE|ENABLED|PERIOD)|IP_STATUS_FILE|STORAGE_.*|VERSION_INFORMATION)$/, isOurs],
  [/^(VPN_PORT_FORWARDING_(STATUS_FILE|LISTENING_PORT)|OPENVPN_(PROCESS_USER|ROOT))$/, isOurs],
  [/_(SECRETFILE|FILE)$/, isOurs],
  [/^WIREGUARD_CONF/, isOurs],
  [/^WIREGUARD_ADDRESS(ES)?$/, isOption('wireguard-addresses')],
  [/^(VPN_PORT_FORWARDING|PORT_FORWARDING|PRIVATE_INTERNET_ACCESS_VPN_PORT_FORWARDING)$/, isOption('port-forwarding')],
  [/^VPN_PORT_FORWARDING_PROVIDER$/, isOption('port-forwarding-provider')],
  [/_(UP|DOWN)_COMMAND$/, runsCommands],
  [/^OPENVPN_FLAGS$/, runsCommands],
  [/^WIREGUARD_PRIVATE_KEY$/, isSecret('private-key')],
  [/^WIREGUARD_PRESHARED_KEY$/, isSecret('preshared-key')],
  [/^(OPENVPN_USER|USER)$/, isSecret('openvpn-user')],
  [/^(OPENVPN_PASSWORD|PASSWORD)$/, isSecret('openvpn-password')],
  [/^OPENVPN_(CERT|CLIENTCRT)$/, isSecret('openvpn-cert')],
  [/^OPENVPN_(KEY|CLIENTKEY)$/, isSecret('openvpn-key')],
  [/^OPENVPN_ENCRYPTED_KEY$/, isSecret('openvpn-encrypted-key')],
  [/^OPENVPN_KEY_PASSPHRASE$/, isSecret('openvpn-key-passphrase')],
  [/^OPENVPN_CUSTOM_CONFIG$/, isSecret('openvpn-config')],
  [/^VPN_PORT_FORWARDING_USERNAME$/, isSecret('port-forwarding-username')],
  [/^VPN_PORT_FORWARDING_PASSWORD$/, isSecret('port-forwarding-password')],
  [/^PUBLICIP_API_TOKEN$/, isSecret('publicip-api-token')],
  [/^(HTTPPROXY|PROXY|TINYPROXY|SHADOWSOCKS|PPROF_)/, opensPort],
  [/^VPNSP$/, isNow('VPN_SERVICE_PROVIDER')],
  [/^VPN_ENDPOINT_(IP|PORT)$/, isNow('WIREGUARD_ENDPOINT_IP, WIREGUARD_ENDPOINT_PORT')],
  [/^COUNTRY$/, isNow('SERVER_COUNTRIES')],
  [/^CITY$/, isNow('SERVER_CITIES')],
  [/^REGION$/, isNow('SERVER_REGIONS')],
  [/^SERVER_(HOSTNAME|NAME)$/, isNow('SERVER_HOSTNAMES, SERVER_NAMES')],
  [/^OWNED$/, isNow('OWNED_ONLY')],
  [/^DOT_(PROVIDERS|CACHING|IPV6|PRIVATE_ADDRESS)$/, isNow('one that begins with DNS_')],
  [/^UNBLOCK$/, isNow('DNS_UNBLOCK_HOSTNAMES')],
  [/^BLOCK_NSA$/, isNow('BLOCK_SURVEILLANCE')],
  [/^HEALTH_(TARGET_ADDRESS|ADDRESS_TO_PING)$/, isNow('HEALTH_TARGET_ADDRESSES')],
  [/^HEALTH_ICMP_TARGET_IP$/, isNow('HEALTH_ICMP_TARGET_IPS')],
  [/^U?GID$|^UID$/, isNow('PUID, PGID')],
  [/^(PROTOCOL|PORT|OPENVPN_PORT|OPENVPN_TARGET_IP|OPENVPN_CIPHER)$/, isNow('one that begins with OPENVPN_')],
  [/^(ENCRYPTION|PIA_ENCRYPTION)$/, isNow('PRIVATE_INTERNET_ACCESS_OPENVPN_ENCRYPTION_PRESET')],
  [
    /(PASSWORD|PASSPHRASE|TOKEN|USERNAME|PRIVATE_KEY|EMAIL)$/,
    'looks like a secret and has no place in plain configuration',
  ],
];

const settingName = /^[A-Z][A-Z0-9_]*$/;

const reasonAgainst = (name: string): string | undefined => {
  if (!settingName.test(name)) return 'is not the name of a Gluetun setting (upper case, digits and _)';
  const reason = refused.find(([pattern]) => pattern.test(name))?.[1];
  if (reason !== undefined) return reason;
  if (Object.hasOwn(overrideRules, name)) return undefined;
  return `is no setting that can be overridden${didYouMean(name, Object.keys(overrideRules))}`;
};

const settingValue = (value: unknown): string | undefined => {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return String(value);
  // A line break would end the setting's file early.
  return typeof value === 'string' && !/[\r\n\0]/.test(value) ? value.trim() : undefined;
};

/** Gluetun splits lists at the comma and does not trim their items. */
const tidy = (value: string): string =>
  value.includes(',')
    ? value
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '')
        .join(',')
    : value;

/** Reads `custom-overrides`: a JSON object of Gluetun settings, without those that could open the gateway. */
export const parseOverrides = (option: string): OverridesReading => {
  if (option.trim() === '') return { kind: 'ok', overrides: {} };
  const given = parseRecord(option);
  if (given === undefined) {
    return { kind: 'wrong', problems: ['is not a JSON object, e.g. {"SERVER_HOSTNAMES": "ch-zrh-wg-001"}'] };
  }
  const problems: string[] = [];
  const overrides: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const text = settingValue(value);
    const reason = reasonAgainst(name) ?? (text === undefined ? 'must be a text, a number, true or false' : undefined);
    // Empty means unset to Gluetun.
    if (reason === undefined && text === '') continue;
    const problem = reason ?? overrideRules[name]?.(text ?? '');
    if (problem !== undefined) problems.push(`${name} ${problem}`);
    else overrides[name] = tidy(text ?? '');
  }
  return problems.length > 0 ? { kind: 'wrong', problems } : { kind: 'ok', overrides };
};
