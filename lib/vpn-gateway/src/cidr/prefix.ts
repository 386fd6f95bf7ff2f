import { isIPv4, isIPv6 } from 'node:net';

/** An IPv4 or IPv6 prefix in normal form: no host bits, canonical text. */
export interface Prefix {
  readonly family: 4 | 6;
  /** The network address as a number of 32 or 128 bits. */
  readonly network: bigint;
  readonly length: number;
  /** `10.1.0.0/16`, `fd00:10::/48`; RFC 5952 for IPv6. */
  readonly text: string;
}

const bitsOf = { 4: 32, 6: 128 } as const;

/**
 * Parses `address` or `address/length` and clears the host bits. A bare address is a prefix of full length.
 * Gives `undefined` for everything else: blanks, zones, leading zeros, lengths out of range.
 *
 * @example
 * ```ts
 * parsePrefix('10.1.2.3/16')?.text; // '10.1.0.0/16'
 * ```
 */
export function parsePrefix(text: string): Prefix | undefined {
  const [address = '', lengthText, ...rest] = text.split('/');
  if (rest.length > 0) return undefined;
  const parsed = parseAddress(address);
  if (parsed === undefined) return undefined;
  const bits = bitsOf[parsed.family];
  if (lengthText !== undefined && !/^(0|[1-9]\d{0,2})$/.test(lengthText)) return undefined;
  const length = lengthText === undefined ? bits : Number(lengthText);
  if (length > bits) return undefined;
  return makePrefix(parsed.family, parsed.value, length);
}

/** Those of the texts that are prefixes. */
export function parsePrefixes(texts: readonly string[]): readonly Prefix[] {
  return texts.flatMap((text) => parsePrefix(text) ?? []);
}

/** The prefix of `length` bits that contains the address `value`. */
export function makePrefix(family: 4 | 6, value: bigint, length: number): Prefix {
  const hostBits = BigInt(bitsOf[family] - length);
  const network = (value >> hostBits) << hostBits;
  return { family, network, length, text: `${formatAddress(family, network)}/${length}` };
}

/** True when every address of `inner` is in `outer`. */
export function contains(outer: Prefix, inner: Prefix): boolean {
  if (outer.family !== inner.family || outer.length > inner.length) return false;
  const shift = BigInt(bitsOf[outer.family] - outer.length);
  return outer.network >> shift === inner.network >> shift;
}

/** True when the prefixes share an address. */
export function overlaps(left: Prefix, right: Prefix): boolean {
  return contains(left, right) || contains(right, left);
}

/** The number of an address, or `undefined` when the text is not one. */
export function parseAddress(text: string): { readonly family: 4 | 6; readonly value: bigint } | undefined {
  if (isIPv4(text)) return { family: 4, value: parseIpv4(text) };
  // net accepts a zone (`fe80::1%eth0`), which a route or a rule does not.
  if (isIPv6(text) && !text.includes('%')) return { family: 6, value: parseIpv6(text) };
  return undefined;
}

function parseIpv4(text: string): bigint {
  return text.split('.').reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

function parseIpv6(text: string): bigint {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const groupsOnly =
    dotted === null ? text : `${dotted[1] ?? ''}${hexGroups(parseIpv4(dotted[2] ?? '0.0.0.0'), 2).join(':')}`;
  const [head = '', tail] = groupsOnly.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right];
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

function hexGroups(value: bigint, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    ((value >> BigInt(16 * (count - 1 - index))) & 0xffffn).toString(16),
  );
}

/** Canonical text of an address. */
export function formatAddress(family: 4 | 6, value: bigint): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join('.');
  const groups = hexGroups(value, 8);
  const run = longestZeroRun(groups);
  if (run.length < 2) return groups.join(':');
  return `${groups.slice(0, run.start).join(':')}::${groups.slice(run.start + run.length).join(':')}`;
}

function longestZeroRun(groups: readonly string[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  groups.forEach((group, index) => {
    if (group !== '0') start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  });
  return best;
}
