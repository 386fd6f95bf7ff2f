import { type Prefix, contains, overlaps, parsePrefix } from './prefix.js';

function prefixes(...texts: readonly string[]): readonly Prefix[] {
  return texts.flatMap((text) => parsePrefix(text) ?? []);
}

/** Ranges that are not routed on the Internet: RFC 1918, RFC 6598 (carrier-grade NAT, which some clusters use), RFC 4193. */
export const privateRanges = prefixes('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7');

/** Ranges that are never a cluster's, with the word for the message. The last two carry IPv4 addresses, also public ones, inside IPv6. */
export const forbiddenRanges: readonly { readonly what: string; readonly ranges: readonly Prefix[] }[] = [
  { what: 'link-local', ranges: prefixes('169.254.0.0/16', 'fe80::/10') },
  { what: 'multicast', ranges: prefixes('224.0.0.0/4', 'ff00::/8') },
  { what: 'loopback', ranges: prefixes('127.0.0.0/8', '::1/128') },
  { what: 'not assignable', ranges: prefixes('0.0.0.0/8', '240.0.0.0/4', '::/128') },
  { what: 'IPv4 inside IPv6', ranges: prefixes('::ffff:0:0/96', '64:ff9b::/96', '2002::/16') },
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
