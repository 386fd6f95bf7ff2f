import { describe, expect, test } from '@jest/globals';
import { parseIpv4Routes, parseIpv6Routes, parsePrefix, verifyRoutes } from '@charm-ts/vpn-gateway';
import fc from 'fast-check';
import { closedIpv6, ipv4Table, overlayRoutes, route, route6 } from '../fakes/route-tables.js';

const hex = (start: string): string => start.padEnd(32, '0');
const refusal = (ipv4: string, ipv6: string): string => {
  const path = verifyRoutes(ipv4, ipv6, []);
  return path.kind === 'refused' ? path.reason : 'verified';
};

describe('D17: the charm’s own witness', () => {
  test('reads little-endian numbers', () => {
    const table = parseIpv4Routes(
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\neth0\t0000010A\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n',
    );
    expect(
      table.kind === 'ok' && table.routes.map(({ device, destination }) => `${device} ${destination.text}`),
    ).toEqual(['eth0 10.1.0.0/16']);
  });

  test('a protected pod is verified', () => {
    expect(refusal(ipv4Table(...overlayRoutes), closedIpv6)).toBe('verified');
    expect(refusal(ipv4Table(...overlayRoutes), '')).toBe('verified');
  });

  test.each([
    ['no overlay', [route('eth0', '10.1.0.0/16')], 'route: no default route by vxlan0'],
    ['a default route by eth0 only', [route('eth0', '0.0.0.0/0')], 'route: 0.0.0.0/0 leaves by eth0'],
    ['a second default route', [...overlayRoutes, route('eth0', '0.0.0.0/0')], 'route: 0.0.0.0/0 leaves by eth0'],
    [
      'two halves',
      [...overlayRoutes, route('eth0', '0.0.0.0/1'), route('eth0', '128.0.0.0/1')],
      'route: 0.0.0.0/1 leaves by eth0',
    ],
    ['the upper half', [...overlayRoutes, route('net1', '128.0.0.0/1')], 'route: 128.0.0.0/1 leaves by net1'],
    ['a public host', [...overlayRoutes, route('eth0', '8.8.8.8/32', '0007')], 'route: 8.8.8.8/32 leaves by eth0'],
    ['the default route by another tunnel', [route('tun0', '0.0.0.0/0')], 'route: 0.0.0.0/0 leaves by tun0'],
    ['an unreachable default by vxlan0', [route('vxlan0', '0.0.0.0/0', '0201')], 'route: no default route by vxlan0'],
  ])('%s is refused', (_what, lines, reason) => {
    expect(refusal(ipv4Table(...lines), closedIpv6)).toBe(reason);
  });

  test.each([
    ['a default route', route6('eth0', hex(''), 0), 'ipv6: ::/0 leaves by eth0'],
    ['a default route by the overlay', route6('vxlan0', hex(''), 0), 'ipv6: ::/0 leaves by vxlan0'],
    ['2000::/3', route6('eth0', hex('2'), 3), 'ipv6: 2000::/3 leaves by eth0'],
    ['half of everything', route6('eth0', hex('8'), 1), 'ipv6: 8000::/1 leaves by eth0'],
    [
      'an address range from router advertisements',
      route6('eth0', hex('20010db8'), 64),
      'ipv6: 2001:db8::/64 leaves by eth0',
    ],
  ])('IPv6: %s is refused', (_what, line, reason) => {
    expect(refusal(ipv4Table(...overlayRoutes), `${closedIpv6}\n${line}`)).toBe(reason);
  });

  test.each([
    ['an unreachable default', route6('lo', hex(''), 0, '00200200')],
    ['a rejecting default by eth0', route6('eth0', hex(''), 0, '00000201')],
    ['the pod’s own global address', route6('eth0', hex('20010db8'), 128, '80200001')],
    ['a range of the cluster', route6('eth0', hex('fd00'), 48)],
  ])('IPv6: %s is no way out', (_what, line) => {
    expect(refusal(ipv4Table(...overlayRoutes), `${closedIpv6}\n${line}`)).toBe('verified');
  });

  test('a public range that is the cluster’s own may leave by eth0', () => {
    const allowed = [parsePrefix('203.0.113.0/24')].flatMap((prefix) => prefix ?? []);
    const table = ipv4Table(...overlayRoutes, route('eth0', '203.0.113.8/32'));
    expect(verifyRoutes(table, '', allowed)).toEqual({ kind: 'verified' });
    expect(verifyRoutes(table, '', []).kind).toBe('refused');
  });

  test.each([
    [''],
    ['nonsense'],
    [`${ipv4Table()}eth0\tZZ`],
    [ipv4Table('eth0\t00000000\t00000000\t0003\t0\t0\t0\t00FF00FF\t0\t0\t0')],
  ])('a table that cannot be read is refused: %j', (text) => {
    expect(verifyRoutes(text, '', []).kind).toBe('refused');
  });

  test('an IPv6 table that cannot be read is refused', () => {
    expect(parseIpv6Routes('fe80').kind).toBe('unreadable');
    expect(verifyRoutes(ipv4Table(...overlayRoutes), 'nonsense', []).kind).toBe('refused');
  });

  test('one more route by eth0 to a public place is always refused', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, length) => {
        const prefix = parsePrefix(`${address}/${length}`);
        const first = Number(address.split('.')[0]);
        fc.pre(![10, 100, 169, 172, 192].includes(first) && first < 224);
        const text = prefix === undefined ? '0.0.0.0/0' : prefix.text;
        expect(verifyRoutes(ipv4Table(...overlayRoutes, route('eth0', text)), '', []).kind).toBe('refused');
      }),
    );
  });
});
