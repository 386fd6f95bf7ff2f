import { isIPv4 } from 'node:net';
import { wireguardKeyProblem } from '../configuration/wireguard-key.js';

/** What is used of a `wg0.conf`: the five values that make a tunnel. */
export interface WireguardConf {
  readonly privateKey: string | undefined;
  readonly presharedKey: string | undefined;
  /** As written, comma separated. */
  readonly addresses: string;
  readonly publicKey: string | undefined;
  readonly endpoint: { readonly address: string; readonly port: number } | undefined;
}

export type ConfReading =
  | { readonly kind: 'ok'; readonly conf: WireguardConf }
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

interface Sections {
  readonly interface: Map<string, string>;
  readonly peers: Map<string, string>[];
  readonly problems: string[];
}

/** Splits the file at its section headers; lists that are written as several lines are joined. */
const sectionsOf = (text: string): Sections => {
  const sections: Sections = { interface: new Map(), peers: [], problems: [] };
  let current: Map<string, string> | undefined;
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = raw.replace(/[#;].*$/, '').trim();
    if (line === '') return;
    const header = /^\[(\w+)\]$/.exec(line)?.[1]?.toLowerCase();
    const [name = '', ...rest] = line.split('=');
    const value = rest.join('=').trim();
    if (header === 'interface') current = sections.interface;
    else if (header === 'peer') sections.peers.push((current = new Map<string, string>()));
    else if (header !== undefined || current === undefined || rest.length === 0) {
      sections.problems.push(`line ${index + 1} is neither [Interface], [Peer] nor a setting of one`);
    } else {
      const key = name.trim().toLowerCase();
      const before = current.get(key);
      current.set(key, before === undefined ? value : `${before},${value}`);
    }
  });
  return sections;
};

const endpointOf = (text: string): WireguardConf['endpoint'] => {
  const [, address = '', port = ''] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  return isIPv4(address) && Number(port) >= 1 && Number(port) <= 65_535 ? { address, port: Number(port) } : undefined;
};

/**
 * Reads the configuration file that a WireGuard provider hands out. `DNS`, `MTU`, `AllowedIPs`, `PersistentKeepalive` and
 * commands (`PostUp`, …) are left out: the first four are options, commands are never run. No problem quotes a value.
 */
export const parseWireguardConf = (text: string): ConfReading => {
  const { interface: own, peers, problems } = sectionsOf(text);
  const peer = peers[0] ?? new Map<string, string>();
  const endpointText = peer.get('endpoint');
  const endpoint = endpointText === undefined ? undefined : endpointOf(endpointText);
  const keys = [
    ['PrivateKey', own.get('privatekey')],
    ['PublicKey', peer.get('publickey')],
    ['PresharedKey', peer.get('presharedkey')],
  ] as const;
  const found = [
    ...problems,
    ...(peers.length > 1 ? ['has several [Peer] sections, keep the one of the VPN server'] : []),
    ...keys.flatMap(([name, key]) => {
      const problem = key === undefined ? undefined : wireguardKeyProblem(key);
      return problem === undefined ? [] : [`${name} ${problem}`];
    }),
    ...(own.has('privatekey') ? [] : ['has no PrivateKey in [Interface]']),
    ...(endpointText !== undefined && endpoint === undefined
      ? ['Endpoint must be an IPv4 address and a port, no name, e.g. 203.0.113.9:51820']
      : []),
  ];
  if (found.length > 0) return { kind: 'wrong', problems: found };
  return {
    kind: 'ok',
    conf: {
      privateKey: own.get('privatekey'),
      presharedKey: peer.get('presharedkey'),
      addresses: own.get('address') ?? '',
      publicKey: peer.get('publickey'),
      endpoint,
    },
  };
};
