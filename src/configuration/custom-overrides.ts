/** Further Gluetun settings by name, as the operator gave them in `custom-overrides`. */
export type Overrides = Readonly<Record<string, string>>;

export type OverridesReading =
  | { readonly kind: 'ok'; readonly overrides: Overrides }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

const holdsKillSwitch = 'holds the kill switch and cannot be changed';
const isOurs = 'is set by the charm and cannot be changed';
const isSecret = 'is a secret: put it in the secret of wireguard-private-key-secret, never in plain configuration';
const runsCommands = 'runs commands next to the firewall and cannot be set';
const opensPort = 'opens a server on the gateway and cannot be set';

/**
 * Settings that are refused, with the reason. Gluetun tries deprecated names before the current ones
 * (`gosettings` RetroKeys), so they are listed as well.
 */
const refused: readonly (readonly [RegExp, string])[] = [
  [/^FIREWALL/, holdsKillSwitch],
  [/^EXTRA_SUBNETS$/, holdsKillSwitch],
  [/^(VPN|WIREGUARD|OPENVPN)_INTERFACE$/, holdsKillSwitch],
  [/^WIREGUARD_ALLOWED_IPS$/, holdsKillSwitch],
  [/^(DNS_SERVER|DOT|DNS_KEEP_NAMESERVER|DNS_ADDRESS|DNS_PLAINTEXT_ADDRESS)$/, holdsKillSwitch],
  [/^HTTP_CONTROL_SERVER_/, 'opens the control server and cannot be set'],
  [/^(VPN_TYPE|HEALTH_SERVER_ADDRESS|PUBLICIP_(FILE|ENABLED|PERIOD)|IP_STATUS_FILE)$/, isOurs],
  [/^(VPN_SERVICE_PROVIDER|VPNSP)$/, 'is the option vpn-provider'],
  [/^WIREGUARD_ADDRESS(ES)?$/, 'is the option wireguard-addresses'],
  [/^(SERVER_COUNTRIES|COUNTRY)$/, 'is the option server-countries'],
  [/^(SERVER_CITIES|CITY)$/, 'is the option server-cities'],
  [/^VPN_ENDPOINT_(IP|PORT)$/, 'has a new name: WIREGUARD_ENDPOINT_IP, WIREGUARD_ENDPOINT_PORT'],
  [/_(SECRETFILE|FILE)$/, isOurs],
  [/^WIREGUARD_CONF/, isOurs],
  [/(PRIVATE_KEY|PRESHARED_KEY|PASSWORD|PASSPHRASE|TOKEN|_USERNAME|_USER)$/, isSecret],
  [/^(OPENVPN_|PIA_|ENCRYPTION$|PROTOCOL$|PORT$|USER$|SHADOWSOCKS|HTTPPROXY|PROXY|TINYPROXY|PPROF_)/, opensPort],
  [/_(UP|DOWN)_COMMAND$/, runsCommands],
];

const settingName = /^[A-Z][A-Z0-9_]*$/;

const reasonAgainst = (name: string): string | undefined => {
  if (!settingName.test(name)) return 'is not the name of a Gluetun setting (upper case, digits and _)';
  const openVpn = /^(OPENVPN_|PIA_|ENCRYPTION$|PROTOCOL$|PORT$)/.test(name);
  const reason = refused.find(([pattern]) => pattern.test(name))?.[1];
  return reason === opensPort && openVpn ? 'belongs to OpenVPN, which is not supported' : reason;
};

const parseObject = (text: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const settingValue = (value: unknown): string | undefined => {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return String(value);
  // A line break would end the setting's file early.
  return typeof value === 'string' && !/[\r\n\0]/.test(value) ? value : undefined;
};

/** Reads `custom-overrides`: a JSON object of Gluetun settings, without those that could open the gateway. */
export const parseOverrides = (option: string): OverridesReading => {
  if (option.trim() === '') return { kind: 'ok', overrides: {} };
  const given = parseObject(option);
  if (given === undefined) {
    return { kind: 'wrong', problems: ['is not a JSON object, e.g. {"SERVER_HOSTNAMES": "ch-zrh-wg-001"}'] };
  }
  const problems: string[] = [];
  const overrides: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    const reason = reasonAgainst(name);
    const text = settingValue(value);
    if (reason !== undefined) problems.push(`${name} ${reason}`);
    else if (text === undefined) problems.push(`${name} must be a text, a number, true or false`);
    else overrides[name] = text;
  }
  return problems.length > 0 ? { kind: 'wrong', problems } : { kind: 'ok', overrides };
};
