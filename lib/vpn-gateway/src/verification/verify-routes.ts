import type { Prefix } from '../cidr/prefix.js';
import { containsAny, linkRanges, privateRanges } from '../cidr/special-ranges.js';
import type { ObservedPath } from '../gate/observed.js';
import { type Route, type RouteTable, parseIpv4Routes, parseIpv6Routes } from './route-table.js';

/** Device of the overlay. */
const overlayDevice = 'vxlan0';

/**
 * The charm's own witness: IPv4 leaves by the overlay only, IPv6 not at all. Every route by another device must stay inside private ranges or inside `allowed`;
 * so a second default route is refused, and so are its disguises (two halves, `2000::/3`, any public prefix).
 */
export function verifyRoutes(ipv4: string, ipv6: string, allowed: readonly Prefix[]): ObservedPath {
  const reason = ipv4Fault(parseIpv4Routes(ipv4), allowed) ?? ipv6Fault(parseIpv6Routes(ipv6), allowed);
  return reason === undefined ? { kind: 'verified' } : { kind: 'refused', reason };
}

function ipv4Fault(table: RouteTable, allowed: readonly Prefix[]): string | undefined {
  if (table.kind === 'unreadable') return `route: ${table.reason}`;
  const open = table.routes.find((route) => route.device !== overlayDevice && isOpen(route, allowed));
  if (open !== undefined) return `route: ${open.destination.text} leaves by ${open.device}`;
  const byOverlay = table.routes.some(
    ({ device, destination, rejects }) => device === overlayDevice && destination.length === 0 && !rejects,
  );
  return byOverlay ? undefined : `route: no default route by ${overlayDevice}`;
}

/** The overlay carries no IPv6, so no device may have more than the link and the cluster. */
function ipv6Fault(table: RouteTable, allowed: readonly Prefix[]): string | undefined {
  if (table.kind === 'unreadable') return `ipv6: ${table.reason}`;
  const open = table.routes.find((route) => isOpen(route, allowed));
  return open === undefined ? undefined : `ipv6: ${open.destination.text} leaves by ${open.device}`;
}

function isOpen({ device, destination, rejects, local }: Route, allowed: readonly Prefix[]): boolean {
  if (device === 'lo' || rejects || local) return false;
  return ![privateRanges, linkRanges, allowed].some((ranges) => containsAny(ranges, destination));
}
