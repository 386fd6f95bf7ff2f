import { isIPv4, isIPv6 } from 'node:net';
import type { WireguardConf } from '../secret/wireguard-conf.js';
import { type Fault, unset, wrong } from './fault.js';
import type { Options } from './options.js';
import { wireguardKeyProblem } from './wireguard-key.js';

/** The WireGuard server of provider `custom`. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
  readonly publicKey: string;
}

const addressFaults = (address: string): readonly Fault[] => {
  if (address === '') return [unset('vpn-endpoint-ip', 'provider custom needs it')];
  if (isIPv4(address)) return [];
  return [
    wrong(
      'vpn-endpoint-ip',
      isIPv6(address) ? 'must be an IPv4 address' : `must be an IPv4 address, no name (is "${address}")`,
    ),
  ];
};

const publicKeyFaults = (key: string): readonly Fault[] => {
  if (key === '') return [unset('wireguard-public-key', 'provider custom needs it')];
  const problem = wireguardKeyProblem(key);
  return problem === undefined ? [] : [wrong('wireguard-public-key', problem)];
};

/** Reads the server of provider `custom`; an option that is set wins over the secret's `wg0-conf`. */
export const readEndpoint = (
  options: Options,
  conf: WireguardConf | undefined,
): { readonly faults: readonly Fault[]; readonly endpoint: Endpoint } => {
  const given = options['vpn-endpoint-ip'].trim();
  const fromConf = given === '' ? conf?.endpoint : undefined;
  const port = fromConf?.port ?? options['vpn-endpoint-port'];
  const address = fromConf?.address ?? given;
  const publicKey = options['wireguard-public-key'].trim() || (conf?.publicKey ?? '');
  return {
    faults: [
      ...addressFaults(address),
      ...(Number.isInteger(port) && port >= 1 && port <= 65_535
        ? []
        : [wrong('vpn-endpoint-port', `must be 1 to 65535 (is ${port})`)]),
      ...publicKeyFaults(publicKey),
    ],
    endpoint: { address, port, publicKey },
  };
};
