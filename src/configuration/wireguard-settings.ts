import { secretOption, updateCommand } from '../secret/vpn-keys.js';
import { readEndpoint } from './endpoint-settings.js';
import { type Fault, unset, wrong } from './fault.js';
import { openVpnProviderName, openVpnProviderNames } from './openvpn.js';
import { overrideValueProblems } from './override-values.js';
import { isProviderName, type ProviderName, providerNames, rulesOf } from './providers.js';
import { readServerChoice } from './server-choice.js';
import { suggestion } from './suggestion.js';
import { parseTunnelAddresses, type TunnelAddresses } from './tunnel-addresses.js';
import type { ProtocolInput, ProtocolReading } from './tunnel-settings.js';

const providerFaults = (name: string): readonly Fault[] => {
  if (name === '') return [unset('vpn-provider')];
  if (isProviderName(name)) return [];
  if (openVpnProviderName(name) === 'private internet access') {
    return [
      wrong('vpn-provider', 'Private Internet Access works with OpenVPN only; use custom with its WireGuard server'),
    ];
  }
  const meant = suggestion(name, providerNames);
  const hint = meant === undefined ? `, use one of ${providerNames.join(', ')}` : `, did you mean ${meant}?`;
  const what = openVpnProviderNames.includes(name) ? 'does not work with WireGuard' : 'is no provider';
  return [wrong('vpn-provider', `"${name}" ${what}${hint}`)];
};

const addressFaults = (
  addresses: TunnelAddresses,
  provider: ProviderName | undefined,
  fromConf: boolean,
): readonly Fault[] => {
  if (addresses.problems.length > 0) {
    // What is in the secret is not repeated in a status.
    if (fromConf) return [wrong(secretOption, 'wg0-conf: Address must have IPv4 addresses, e.g. 10.64.12.7/32')];
    return addresses.problems.map((problem) => wrong('wireguard-addresses', problem));
  }
  if (addresses.ipv4.length > 0 || provider === undefined || rulesOf(provider).addresses === 'default') return [];
  return [unset('wireguard-addresses', `provider ${provider} needs it`)];
};

const keyFaults = ({ keys }: ProtocolInput, provider: ProviderName | undefined): readonly Fault[] => {
  if (keys?.kind !== 'ok') return [];
  const needsPresharedKey = provider !== undefined && rulesOf(provider).presharedKey === 'required';
  return [
    ...(keys.keys['WIREGUARD_PRIVATE_KEY'] === undefined
      ? [wrong(secretOption, `has no attribute private-key, run: ${updateCommand('private-key')}`)]
      : []),
    ...(needsPresharedKey && keys.keys['WIREGUARD_PRESHARED_KEY'] === undefined
      ? [unset('preshared-key in the secret', `provider ${provider} needs it`)]
      : []),
  ];
};

/** Reads a WireGuard tunnel: provider, addresses, server. */
export const readWireguard = (input: ProtocolInput): ProtocolReading => {
  const { options, overrides, keys } = input;
  const provider = isProviderName(input.provider) ? input.provider : undefined;
  const conf = keys?.kind === 'ok' ? keys.conf : undefined;
  const fromConf = options['wireguard-addresses'].trim() === '' && conf !== undefined;
  const addresses = parseTunnelAddresses(fromConf ? conf.addresses : options['wireguard-addresses']);
  const { faults: choiceFaults, filters } = readServerChoice(
    options,
    overrides,
    input.portForwarding !== undefined,
    provider,
  );
  const { faults: endpointFaults, endpoint } = readEndpoint(options, conf);
  return {
    providerFaults: providerFaults(input.provider),
    faults: [
      ...keyFaults(input, provider),
      ...addressFaults(addresses, provider, fromConf),
      ...(provider === 'custom' ? endpointFaults : []),
      ...choiceFaults,
      ...(provider === undefined
        ? []
        : overrideValueProblems(overrides, provider).map((problem) => wrong('custom-overrides', problem))),
    ],
    settings: {
      protocol: 'wireguard',
      provider: input.provider,
      addresses: addresses.ipv4,
      filters,
      endpoint: provider === 'custom' ? endpoint : undefined,
      hasOpenVpnConfig: false,
    },
  };
};
