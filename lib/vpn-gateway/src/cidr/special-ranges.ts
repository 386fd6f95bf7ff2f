import { type Prefix, contains, overlaps, parsePrefixes } from './prefix.js';

/** Ranges that are not routed on the Internet: RFC 1918, RFC 6598 (carrier-grade NAT, which some clusters use), RFC 4193. */
export const privateRanges = parsePrefixes([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  'fc00::/7',
]);

const linkLocal = parsePrefixes(['169.254.0.0/16', 'fe80::/10']);
const multicast = parsePrefixes(['224.0.0.0/4', 'ff00::/8']);

/** Ranges of one link, which no router forwards. */
export const linkRanges: readonly Prefix[] = [...linkLocal, ...multicast];

/** Ranges that are never a cluster's, with the word for the message. The last two carry IPv4 addresses, also public ones, inside IPv6. */
export const forbiddenRanges: readonly { readonly what: string; readonly ranges: readonly Prefix[] }[] = [
  { what: 'link-local', ranges: linkLocal },
  { what: 'multicast', ranges: multicast },
  { what: 'loopback', ranges: parsePrefixes(['127.0.0.0/8', '::1/128']) },
  { what: 'not assignable', ranges: parsePrefixes(['0.0.0.0/8', '240.0.0.0/4', '::/128']) },
  { what: 'IPv4 inside IPv6', ranges: parsePrefixes(['::ffff:0:0/96', '64:ff9b::/96', '2002::/16']) },
];

/** True when the whole prefix is private. */
export function isPrivate(prefix: Prefix): boolean {
  return containsAny(privateRanges, prefix);
}

/** True when one of the ranges contains the whole prefix. */
export function containsAny(ranges: readonly Prefix[], prefix: Prefix): boolean {
  return ranges.some((range) => contains(range, prefix));
}

/** The word for the forbidden range that the prefix touches. */
export function forbiddenRange(prefix: Prefix): string | undefined {
  return forbiddenRanges.find(({ ranges }) => ranges.some((range) => overlaps(range, prefix)))?.what;
}

/** NodeLocal DNSCache listens on a link-local address of every node, by default 169.254.20.10; cloud metadata live in 169.254.169.0/24. */
export function isNodeLocal(address: string): boolean {
  return /^169\.254\.(?!169\.)/.test(address);
}
