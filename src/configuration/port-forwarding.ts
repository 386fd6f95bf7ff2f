import { contains, parsePrefix, type Prefix } from '@charm-ts/vpn-gateway';
import { type Fault, unset, wrong } from './fault.js';
import type { Options } from './options.js';
import { didYouMean } from './suggestion.js';

/** How a port is obtained: `provider` names whose protocol, where that is not the provider of the tunnel itself. */
export interface PortForwarding {
  readonly provider: string | undefined;
}

/** Providers for which Gluetun can obtain a port, and whether it has to log in for that. */
const forwarders: Readonly<Record<string, { readonly account: boolean }>> = {
  protonvpn: { account: false },
  'private internet access': { account: true },
  privatevpn: { account: false },
  'perfect privacy': { account: false },
};
const forwarderNames = Object.keys(forwarders);

/** ProtonVPN's gateway, which is asked for the port through the tunnel. */
const protonGateway = parsePrefix('10.2.0.1');

const withProtocolOf = (option: string): string => {
  const name = option.trim().toLowerCase();
  return name === 'pia' ? 'private internet access' : name;
};

/** Reads `port-forwarding` and `port-forwarding-provider`. */
export const readPortForwarding = (
  options: Options,
  provider: string,
): { readonly faults: readonly Fault[]; readonly portForwarding: PortForwarding | undefined } => {
  if (!options['port-forwarding']) return { faults: [], portForwarding: undefined };
  const named = withProtocolOf(options['port-forwarding-provider']);
  const ok = { faults: [], portForwarding: { provider: named === '' ? undefined : named } };
  const refuse = (fault: Fault) => ({ faults: [fault], portForwarding: undefined });
  if (named !== '' && !Object.hasOwn(forwarders, named)) {
    return refuse(
      wrong(
        'port-forwarding-provider',
        `"${named}" forwards no port that Gluetun can ask for${didYouMean(named, forwarderNames) || `, use ${forwarderNames.join(', ')} or leave it empty`}`,
      ),
    );
  }
  if (provider === '' || named !== '' || Object.hasOwn(forwarders, provider)) return ok;
  if (provider === 'custom') return refuse(unset('port-forwarding-provider', 'whose server provider custom is'));
  return refuse(wrong('port-forwarding', `provider ${provider} forwards no port that Gluetun can ask for`));
};

/** Attributes that the secret lacks for it. */
export const portForwardingSecretFaults = (
  { provider }: PortForwarding,
  tunnelProvider: string,
  attributes: ReadonlySet<string>,
): readonly Fault[] => {
  const asked = provider ?? tunnelProvider;
  if (forwarders[asked]?.account !== true) return [];
  const given = (name: string) =>
    attributes.has(`port-forwarding-${name}`) || attributes.has(`openvpn-${name === 'username' ? 'user' : name}`);
  return ['username', 'password']
    .filter((name) => !given(name))
    .map((name) => unset(`port-forwarding-${name} in the secret`, 'Private Internet Access asks for it'));
};

/** A cluster range that takes ProtonVPN's gateway away from the tunnel. */
export const portForwardingRangeFaults = (
  tunnel: { readonly provider: string; readonly portForwarding: PortForwarding | undefined } | undefined,
  clusterCidrs: readonly Prefix[],
): readonly Fault[] => {
  if (tunnel?.portForwarding === undefined) return [];
  if ((tunnel.portForwarding.provider ?? tunnel.provider) !== 'protonvpn') return [];
  const range = clusterCidrs.find((prefix) => protonGateway !== undefined && contains(prefix, protonGateway));
  return range === undefined
    ? []
    : [
        wrong(
          'port-forwarding',
          `ProtonVPN is asked for the port at 10.2.0.1, which is in ${range.text} of cluster-cidrs`,
        ),
      ];
};
