import { type Fault, wrong } from '../configuration/fault.js';
import { suggestion } from '../configuration/suggestion.js';
import { wireguardKeyProblem } from '../configuration/wireguard-key.js';
import { openVpnConfigProblems } from './openvpn-config.js';
import {
  attributeSettings,
  isSecretAttribute,
  type SecretAttribute,
  secretAttributes,
  wireguardConfAttribute,
} from './secret-attributes.js';
import { parseWireguardConf, type WireguardConf } from './wireguard-conf.js';

/**
 * The secret settings of the tunnel by Gluetun's name. They go into files of the workload container and nowhere else.
 */
export type VpnKeys = Readonly<Record<string, string>>;

export type KeysReading =
  | {
      readonly kind: 'ok';
      readonly keys: VpnKeys;
      /** Names of the attributes that have a value. */
      readonly attributes: ReadonlySet<string>;
      /** The file in `wg0-conf`, if there is one. */
      readonly conf: WireguardConf | undefined;
    }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] }
  /** Nobody can say just now. */
  | { readonly kind: 'unreadable' };

export const secretOption = 'wireguard-private-key-secret';

/** How an attribute of the secret is set. */
export const updateCommand = (attribute: string): string => `juju update-secret <name> ${attribute}#file=<file>`;

const wireguardKeys: readonly SecretAttribute[] = ['private-key', 'preshared-key'];
const armoured: readonly SecretAttribute[] = ['openvpn-cert', 'openvpn-key', 'openvpn-encrypted-key'];

const attributeProblems = (attribute: SecretAttribute, value: string): readonly string[] => {
  if (wireguardKeys.includes(attribute)) {
    const problem = wireguardKeyProblem(value);
    return problem === undefined ? [] : [problem];
  }
  if (armoured.includes(attribute)) {
    return /^-----BEGIN [^-]+-----[\s\S]+-----END [^-]+-----$/.test(value) ? [] : ['is not a PEM file (-----BEGIN …)'];
  }
  if (attribute === 'openvpn-config') return openVpnConfigProblems(value);
  return /[\r\n\0]/.test(value) ? ['must be one line'] : [];
};

/** NordVPN's access token, a common mix-up, is a base64 text of 48 bytes. */
const tokenHint = (attribute: string, value: string, provider: string): string =>
  attribute === 'private-key' && provider === 'nordvpn' && Buffer.from(value, 'base64').length === 48
    ? '; the access token is not the key'
    : '';

const unknownAttributeFaults = (names: readonly string[]): readonly Fault[] =>
  names.flatMap((name) => {
    const meant = suggestion(name, [...secretAttributes, wireguardConfAttribute]);
    return meant === undefined ? [] : [wrong(secretOption, `attribute ${name} is not read, did you mean ${meant}?`)];
  });

/**
 * Reads a secret's content as far as it can be judged by itself; `provider` is the option's text and only helps to word
 * a fault. No fault quotes anything of the content.
 */
export const readVpnKeys = (content: Readonly<Record<string, string>>, provider = ''): KeysReading => {
  const given = Object.entries(content)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([, value]) => value !== '');
  const confText = given.find(([name]) => name === wireguardConfAttribute)?.[1];
  const conf = confText === undefined ? undefined : parseWireguardConf(confText);
  const known = given.flatMap(([name, value]) => (isSecretAttribute(name) ? [[name, value] as const] : []));
  const unknown = given
    .map(([name]) => name)
    .filter((name) => !isSecretAttribute(name) && name !== wireguardConfAttribute);
  const faults = [
    ...known.flatMap(([name, value]) =>
      attributeProblems(name, value).map((problem) =>
        wrong(secretOption, `${name} ${problem}${tokenHint(name, value, provider)}, run: ${updateCommand(name)}`),
      ),
    ),
    ...(conf?.kind === 'wrong'
      ? conf.problems.map((problem) => wrong(secretOption, `${wireguardConfAttribute}: ${problem}`))
      : []),
    ...unknownAttributeFaults(unknown),
  ];
  if (faults.length > 0 || conf?.kind === 'wrong') return { kind: 'faults', faults };
  const { privateKey, presharedKey } = conf?.conf ?? {};
  return {
    kind: 'ok',
    keys: {
      ...(privateKey === undefined ? {} : { WIREGUARD_PRIVATE_KEY: privateKey }),
      ...(presharedKey === undefined ? {} : { WIREGUARD_PRESHARED_KEY: presharedKey }),
      ...Object.fromEntries(known.map(([name, value]) => [attributeSettings[name], value])),
    },
    attributes: new Set(given.map(([name]) => name)),
    conf: conf?.conf,
  };
};
