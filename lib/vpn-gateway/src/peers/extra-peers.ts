import { type ClusterCidrRules, rangeRefusal, splitCidrs } from '../cidr/cluster-cidrs.js';
import { type Prefix, parsePrefix } from '../cidr/prefix.js';
import { quote } from '../text/quote.js';

/** One port of a peer. */
export interface PeerPort {
  readonly protocol: 'TCP' | 'UDP';
  readonly number: number;
}

/** Whom a client reaches beside the tunnel, besides its cluster: addresses, or the pods of a namespace; on one port, or on all. */
export type ExtraPeer =
  RangePeer | { readonly kind: 'namespace'; readonly namespace: string; readonly port?: PeerPort };

/** Addresses outside the cluster. */
export interface RangePeer {
  readonly kind: 'range';
  readonly range: Prefix;
  readonly port?: PeerPort;
}

/** The peers, or one sentence for each item that is refused. */
export type ExtraPeers =
  | { readonly kind: 'ok'; readonly peers: readonly ExtraPeer[] }
  | { readonly kind: 'invalid'; readonly faults: readonly string[] };

/** Of name servers: whoever answers there learns what the pod looks for. */
const namePorts: readonly number[] = [53, 853];
const shape = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5})(?:\/(tcp|udp))?)?$/;
const namespaceName = /^(?=.*[a-z])[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads a list of peers: `192.168.7.40:32400`, `192.168.8.0/24`, `[fd00::7]:443`, `10.9.0.4:514/udp`, `monitoring`, `monitoring:3100`, with blanks or commas between. A port is TCP's
 * unless it says otherwise. Every peer is a hole in the kill switch, so it has to pass what `cluster-cidrs` has to pass: nothing public, nothing of a single link, nothing that the overlay has.
 *
 * @example
 * ```ts
 * parseExtraPeers('192.168.7.40:32400', { overlay: overlayPrefix('172.16.0') }); // { kind: 'ok', peers: [{ kind: 'range', … }] }
 * parseExtraPeers('1.1.1.1', { overlay: undefined }); // { kind: 'invalid', faults: ['"1.1.1.1" is public and not known as a range of this cluster'] }
 * ```
 */
export function parseExtraPeers(text: string, rules: ClusterCidrRules): ExtraPeers {
  const faults: string[] = [];
  const peers = new Map<string, ExtraPeer>();
  for (const item of splitCidrs(text)) {
    const read = parsePeer(item, rules);
    if (typeof read === 'string') faults.push(`${quote(item)} ${read}`);
    else peers.set(JSON.stringify(keyOf(read)), read);
  }
  if (faults.length > 0) return { kind: 'invalid', faults };
  return { kind: 'ok', peers: [...peers].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, peer]) => peer) };
}

/** `192.168.7.40/32:tcp:32400`, as the pod's scripts read it. */
export function formatRangePeer({ range, port }: RangePeer): string {
  return port === undefined ? range.text : `${range.text}:${port.protocol.toLowerCase()}:${port.number}`;
}

/** The peer, or what is wrong with it. */
function parsePeer(item: string, rules: ClusterCidrRules): ExtraPeer | string {
  const match = shape.exec(item);
  // Colons without brackets are an IPv6 prefix's own.
  const target = match === null ? item : (match[1] ?? match[2] ?? '');
  const port = match?.[3] === undefined ? undefined : parsePort(match[3], match[4]);
  if (typeof port === 'string') return port;
  const end = port === undefined ? {} : { port };
  const range = parsePrefix(target);
  if (range !== undefined) return rangeRefusal(range, rules) ?? { kind: 'range', range, ...end };
  if (namespaceName.test(target)) return { kind: 'namespace', namespace: target, ...end };
  return 'is neither a prefix such as 192.168.7.0/24 nor a namespace, with a port such as :8080 or :514/udp';
}

function parsePort(text: string, protocol: string | undefined): PeerPort | string {
  const number = Number(text);
  if (number < 1 || number > 65535) return 'has no port from 1 to 65535';
  if (namePorts.includes(number)) return 'is a name server, and names are asked through the tunnel only';
  return { protocol: protocol === 'udp' ? 'UDP' : 'TCP', number };
}

function keyOf(peer: ExtraPeer): readonly unknown[] {
  return [peer.kind, peer.kind === 'range' ? peer.range.text : peer.namespace, peer.port];
}
