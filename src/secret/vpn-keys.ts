import { type Fault, unset, wrong } from '../configuration/fault.js';
import { type ProviderName, rulesOf } from '../configuration/providers.js';
import { wireguardKeyProblem } from '../configuration/wireguard-key.js';

/** The keys of the tunnel. They go into files of the workload container and nowhere else. */
export interface VpnKeys {
  readonly privateKey: string;
  readonly presharedKey: string | undefined;
}

export type KeysReading =
  { readonly kind: 'ok'; readonly keys: VpnKeys } | { readonly kind: 'faults'; readonly faults: readonly Fault[] };

export const secretOption = 'wireguard-private-key-secret';
const privateKeyAttribute = 'private-key';
const presharedKeyAttribute = 'preshared-key';

const keyFaults = (attribute: string, key: string, hint = ''): readonly Fault[] => {
  const problem = wireguardKeyProblem(key);
  return problem === undefined
    ? []
    : [wrong(secretOption, `${attribute} ${problem}${hint}, run: juju update-secret <name> ${attribute}#file=<file>`)];
};

/** NordVPN's access token, a common mix-up, is a base64 text of 48 bytes. */
const tokenHint = (provider: ProviderName | undefined): string =>
  provider === 'nordvpn' ? '; the access token is not the key' : '';

/**
 * Reads the keys of a provider (`undefined`: not known yet) out of a secret's content. No fault quotes anything of the content.
 */
export const readVpnKeys = (
  content: Readonly<Record<string, string>>,
  provider: ProviderName | undefined,
): KeysReading => {
  const privateKey = content[privateKeyAttribute]?.trim() ?? '';
  const presharedKey = content[presharedKeyAttribute]?.trim() ?? '';
  const faults = [
    ...(privateKey === ''
      ? [
          wrong(
            secretOption,
            `has no attribute ${privateKeyAttribute}, run: juju update-secret <name> ${privateKeyAttribute}#file=<file>`,
          ),
        ]
      : keyFaults(privateKeyAttribute, privateKey, tokenHint(provider))),
    ...(presharedKey === '' ? [] : keyFaults(presharedKeyAttribute, presharedKey)),
    ...(presharedKey === '' && provider !== undefined && rulesOf(provider).presharedKey === 'required'
      ? [unset(`${presharedKeyAttribute} in the secret`, `provider ${provider} needs it`)]
      : []),
  ];
  return faults.length > 0
    ? { kind: 'faults', faults }
    : { kind: 'ok', keys: { privateKey, presharedKey: presharedKey === '' ? undefined : presharedKey } };
};
