import type { KeysReading } from '../secret/vpn-keys.js';
import { parseOverrides, type Overrides } from './custom-overrides.js';
import { type DnsUpstream, readDnsUpstream } from './dns-upstream.js';
import type { Endpoint } from './endpoint-settings.js';
import { type Fault, unset, wrong } from './fault.js';
import { readLogLevel } from './log-level.js';
import { readOpenVpn } from './openvpn-settings.js';
import type { Options } from './options.js';
import { mtuProblem } from './overlay-settings.js';
import { type PortForwarding, portForwardingSecretFaults, readPortForwarding } from './port-forwarding.js';
import type { ServerFilters } from './server-filters.js';
import { readWireguard } from './wireguard-settings.js';

/** Everything about the tunnel that is not secret. */
export interface TunnelSettings {
  readonly protocol: 'wireguard' | 'openvpn';
  /** As Gluetun names it. */
  readonly provider: string;
  /** IPv4 with prefix length; empty means the provider's default. */
  readonly addresses: readonly string[];
  readonly filters: ServerFilters;
  /** The one server of provider `custom` with WireGuard. */
  readonly endpoint: Endpoint | undefined;
  /** True when the secret brings OpenVPN's configuration file. */
  readonly hasOpenVpnConfig: boolean;
  readonly mtu: number;
  /** Seconds; 0 means none. */
  readonly keepalive: number;
  readonly dnsUpstream: DnsUpstream;
  readonly logLevel: string;
  readonly portForwarding: PortForwarding | undefined;
  /** Without the two that are read above: the protocol and the provider. */
  readonly overrides: Overrides;
}

export interface TunnelReading {
  readonly faults: readonly Fault[];
  readonly tunnel: TunnelSettings | undefined;
}

/** What one protocol makes of the options. */
export interface ProtocolReading {
  /** Faults of the provider's name. */
  readonly providerFaults: readonly Fault[];
  readonly faults: readonly Fault[];
  readonly settings: Pick<
    TunnelSettings,
    'protocol' | 'provider' | 'addresses' | 'filters' | 'endpoint' | 'hasOpenVpnConfig'
  >;
}

/** What both protocols are read from. */
export interface ProtocolInput {
  readonly options: Options;
  readonly overrides: Overrides;
  /** The provider's name as given, in lower case; may be empty. */
  readonly provider: string;
  readonly portForwarding: PortForwarding | undefined;
  readonly keys: KeysReading | undefined;
}

const longestKeepalive = 65_535;

const keepaliveFaults = (seconds: number): readonly Fault[] =>
  Number.isInteger(seconds) && seconds >= 0 && seconds <= longestKeepalive
    ? []
    : [wrong('wireguard-persistent-keepalive', `must be 0 to ${longestKeepalive} seconds (is ${seconds})`)];

const mtuFaults = (mtu: number): readonly Fault[] => {
  const problem = mtuProblem(mtu);
  return problem === undefined ? [] : [wrong('wireguard-mtu', problem)];
};

/** OpenVPN is for those who ask for it in `custom-overrides`, as with the Python charm. */
const protocolOf = (
  options: Options,
  overrides: Overrides,
): { readonly openVpn: boolean; readonly faults: readonly Fault[] } => {
  const type = options['vpn-type'].trim().toLowerCase();
  const overridden = overrides['VPN_TYPE']?.toLowerCase();
  if (overridden !== undefined) return { openVpn: overridden === 'openvpn', faults: [] };
  if (type === 'wireguard') return { openVpn: false, faults: [] };
  if (type !== 'openvpn') return { openVpn: false, faults: [wrong('vpn-type', 'must be wireguard')] };
  return Object.keys(overrides).length > 0
    ? { openVpn: true, faults: [] }
    : { openVpn: false, faults: [wrong('vpn-type', 'OpenVPN needs custom-overrides {"VPN_TYPE": "openvpn"}')] };
};

const providerOf = (options: Options, overrides: Overrides, keys: KeysReading | undefined): string => {
  const given = (overrides['VPN_SERVICE_PROVIDER'] ?? options['vpn-provider']).trim().toLowerCase();
  const isComplete = keys?.kind === 'ok' && keys.conf?.endpoint !== undefined;
  return given === '' && isComplete ? 'custom' : given;
};

const furtherOverrides = (overrides: Overrides): Overrides =>
  Object.fromEntries(
    Object.entries(overrides).filter(([name]) => name !== 'VPN_TYPE' && name !== 'VPN_SERVICE_PROVIDER'),
  );

/**
 * Reads and checks the options of the tunnel, with what the secret adds to them; all faults are listed, not just the
 * first. Pure.
 *
 * @param keys - `undefined` while the options do not say which secret.
 */
export const readTunnelSettings = (options: Options, keys?: KeysReading): TunnelReading => {
  const reading = parseOverrides(options['custom-overrides']);
  const overrides = reading.kind === 'ok' ? reading.overrides : {};
  const { openVpn, faults: typeFaults } = protocolOf(options, overrides);
  const provider = providerOf(options, overrides, keys);
  const { faults: forwardingFaults, portForwarding } = readPortForwarding(options, provider);
  const input: ProtocolInput = { options, overrides, provider, portForwarding, keys };
  const { providerFaults, faults: protocolFaults, settings } = openVpn ? readOpenVpn(input) : readWireguard(input);
  const { faults: dnsFaults, dnsUpstream } = readDnsUpstream(options);
  const { faults: logFaults, logLevel } = readLogLevel(options['log-level']);
  const hasSecret = (options['wireguard-private-key-secret'] ?? '') !== '';
  const faults = [
    ...typeFaults,
    ...providerFaults,
    ...(hasSecret ? [] : [unset('wireguard-private-key-secret')]),
    ...protocolFaults,
    ...(reading.kind === 'wrong' ? reading.problems.map((problem) => wrong('custom-overrides', problem)) : []),
    ...forwardingFaults,
    ...(portForwarding !== undefined && keys?.kind === 'ok'
      ? portForwardingSecretFaults(portForwarding, provider, keys.attributes)
      : []),
    ...mtuFaults(options['wireguard-mtu']),
    ...keepaliveFaults(options['wireguard-persistent-keepalive']),
    ...dnsFaults,
    ...logFaults,
  ];
  if (faults.length > 0) return { faults, tunnel: undefined };
  return {
    faults,
    tunnel: {
      ...settings,
      mtu: Number(overrides['WIREGUARD_MTU'] ?? options['wireguard-mtu']),
      keepalive: options['wireguard-persistent-keepalive'],
      dnsUpstream,
      logLevel,
      portForwarding,
      overrides: furtherOverrides(overrides),
    },
  };
};
