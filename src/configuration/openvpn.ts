import { type Fault, unset, wrong } from './fault.js';
import { didYouMean } from './suggestion.js';

/** What Gluetun needs of the secret for one provider with OpenVPN (its `settings/openvpn.go`). */
interface OpenVpnProvider {
  readonly needs: readonly OpenVpnAttribute[];
}

export type OpenVpnAttribute =
  | 'openvpn-user'
  | 'openvpn-password'
  | 'openvpn-cert'
  | 'openvpn-key'
  | 'openvpn-encrypted-key'
  | 'openvpn-key-passphrase'
  | 'openvpn-config';

const account = { needs: ['openvpn-user', 'openvpn-password'] } as const;

/** The providers that Gluetun 3.41 runs with OpenVPN. */
const openVpnProviders: Readonly<Record<string, OpenVpnProvider>> = {
  airvpn: { needs: ['openvpn-cert', 'openvpn-key'] },
  custom: { needs: ['openvpn-config'] },
  cyberghost: { needs: [...account.needs, 'openvpn-cert', 'openvpn-key'] },
  expressvpn: account,
  fastestvpn: account,
  giganews: account,
  hidemyass: account,
  ipvanish: account,
  ivpn: account,
  // Gluetun knows its password.
  mullvad: { needs: ['openvpn-user'] },
  nordvpn: account,
  'perfect privacy': account,
  privado: account,
  'private internet access': account,
  privatevpn: account,
  protonvpn: account,
  purevpn: account,
  slickvpn: account,
  surfshark: account,
  torguard: account,
  'vpn unlimited': { needs: [...account.needs, 'openvpn-cert', 'openvpn-key'] },
  vpnsecure: { needs: ['openvpn-cert', 'openvpn-encrypted-key', 'openvpn-key-passphrase'] },
  vyprvpn: account,
  windscribe: account,
};

export const openVpnProviderNames: readonly string[] = Object.keys(openVpnProviders);

/** The name as Gluetun knows it. */
export const openVpnProviderName = (name: string): string => (name === 'pia' ? 'private internet access' : name);

export const openVpnProviderFaults = (name: string): readonly Fault[] => {
  if (name === '') return [unset('vpn-provider')];
  if (Object.hasOwn(openVpnProviders, openVpnProviderName(name))) return [];
  return [wrong('vpn-provider', `"${name}" is no provider${didYouMean(name, openVpnProviderNames)}`)];
};

/** An account number of IVPN, with which it asks for no password. */
const ivpnAccount = /^(i|ivpn)-[a-zA-Z0-9]{4}-[a-zA-Z0-9]{4}-[a-zA-Z0-9]{4}$/;

/** Attributes that the provider needs and the secret does not have. */
export const openVpnSecretFaults = (name: string, given: ReadonlySet<string>, user = ''): readonly Fault[] => {
  const needs = openVpnProviders[openVpnProviderName(name)]?.needs ?? [];
  return needs
    .filter((attribute) => !given.has(attribute))
    .filter((attribute) => !(attribute === 'openvpn-password' && name === 'ivpn' && ivpnAccount.test(user)))
    .map((attribute) => unset(`${attribute} in the secret`, `provider ${name} needs it with OpenVPN`));
};
