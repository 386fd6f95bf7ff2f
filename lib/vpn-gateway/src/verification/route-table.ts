import { type Prefix, makePrefix } from '../cidr/prefix.js';

/** A route of the pod, either family. */
export interface Route {
  readonly device: string;
  readonly destination: Prefix;
  /** The kernel answers "unreachable" instead of sending. */
  readonly rejects: boolean;
  /** The pod's own address, or an anycast one: nothing is sent. */
  readonly local: boolean;
}

/** A table, or why it cannot be trusted. */
export type RouteTable =
  { readonly kind: 'ok'; readonly routes: readonly Route[] } | { readonly kind: 'unreadable'; readonly reason: string };

// linux/route.h and linux/ipv6_route.h
const flag = { up: 0x1, reject: 0x200, local: 0x80000000, anycast: 0x00100000 } as const;

function isSet(flags: number, bit: number): boolean {
  return Math.floor(flags / bit) % 2 === 1;
}

/** Parses `/proc/net/route`: numbers are hexadecimal in the host's byte order, which is little-endian on amd64 and arm64. */
export function parseIpv4Routes(text: string): RouteTable {
  const [head = '', ...lines] = text.split('\n').filter((line) => line.trim() !== '');
  if (!head.startsWith('Iface')) return { kind: 'unreadable', reason: '/proc/net/route has no heading' };
  const routes: Route[] = [];
  for (const line of lines) {
    const [device = '', destination = '', , flagText = '', , , , mask = ''] = line.trim().split(/\s+/);
    const length = maskLength(mask);
    if (!/^[0-9A-F]{8}$/i.test(destination) || !/^[0-9A-F]{4,8}$/i.test(flagText) || length === undefined) {
      return { kind: 'unreadable', reason: '/proc/net/route has a line that is not a route' };
    }
    const flags = Number.parseInt(flagText, 16);
    if (!isSet(flags, flag.up)) continue;
    routes.push({
      device,
      destination: makePrefix(4, BigInt(littleEndian(destination)), length),
      rejects: isSet(flags, flag.reject),
      local: false,
    });
  }
  return { kind: 'ok', routes };
}

/** Parses `/proc/net/ipv6_route`: addresses in network order, device last. An empty text is a kernel without IPv6. */
export function parseIpv6Routes(text: string): RouteTable {
  const routes: Route[] = [];
  for (const line of text.split('\n').filter((candidate) => candidate.trim() !== '')) {
    const fields = line.trim().split(/\s+/);
    const [destination = '', length = '', , , , , , , flagText = '', device = ''] = fields;
    const bits = Number.parseInt(length, 16);
    const wellFormed =
      /^[0-9a-f]{32}$/i.test(destination) && /^[0-9a-f]{2}$/i.test(length) && /^[0-9a-f]{8}$/i.test(flagText);
    if (!wellFormed || bits > 128 || device === '') {
      return { kind: 'unreadable', reason: '/proc/net/ipv6_route has a line that is not a route' };
    }
    const flags = Number.parseInt(flagText, 16);
    routes.push({
      device,
      destination: makePrefix(6, BigInt(`0x${destination}`), bits),
      rejects: isSet(flags, flag.reject),
      local: isSet(flags, flag.local) || isSet(flags, flag.anycast),
    });
  }
  return { kind: 'ok', routes };
}

function littleEndian(hex: string): number {
  const bytes = hex.match(/../g) ?? [];
  return Number.parseInt([...bytes].reverse().join(''), 16);
}

/** Prefix length of a mask; `undefined` for one with gaps. */
function maskLength(hex: string): number | undefined {
  if (!/^[0-9A-F]{8}$/i.test(hex)) return undefined;
  const bits = littleEndian(hex).toString(2).padStart(32, '0');
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : undefined;
}
