import { describe, expect, test } from '@jest/globals';
import { contains, overlaps, parsePrefix, type Prefix } from '@charm-ts/vpn-gateway';
import fc from 'fast-check';
import { BlockList } from 'node:net';

const must = (text: string): Prefix => {
  const prefix = parsePrefix(text);
  if (prefix === undefined) throw new Error(`${text} is not a prefix`);
  return prefix;
};

const anyPrefix = fc
  .oneof(fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })), fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })))
  .map(([address, length]) => `${address}/${length}`);

describe('parsePrefix', () => {
  test.each([
    ['10.1.2.3/16', '10.1.0.0/16'],
    ['10.1.2.3', '10.1.2.3/32'],
    ['255.255.255.255/0', '0.0.0.0/0'],
    ['fd00:10::1/48', 'fd00:10::/48'],
    ['FD00:0:0:0:0:0:0:1', 'fd00::1/128'],
    ['::', '::/128'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3/128'],
    ['1:2:3:0:5:6:7:8', '1:2:3:0:5:6:7:8/128'],
    ['::ffff:10.0.0.1', '::ffff:a00:1/128'],
  ])('%s is %s', (text, expected) => {
    expect(parsePrefix(text)?.text).toBe(expected);
  });

  test.each([
    '',
    '10.1.2/16',
    '10.1.2.3/33',
    '10.1.2.3/',
    '10.1.2.3/08',
    '10.1.2.3/-1',
    '010.1.2.3',
    '10.1.2.3/16/8',
    ' 10.1.2.3',
    'fe80::1%eth0',
    '::1/129',
    'g::1',
    '10.0.0.0/1e1',
    '"; rm -rf /',
  ])('%j is refused', (text) => {
    expect(parsePrefix(text)).toBeUndefined();
  });

  test('the normal form is stable', () => {
    fc.assert(
      fc.property(anyPrefix, (text) => {
        const prefix = must(text);
        expect(parsePrefix(prefix.text)).toEqual(prefix);
      }),
    );
  });

  test('contains agrees with Node’s own block list', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 32 }), fc.ipV4(), (network, length, address) => {
        const list = new BlockList();
        list.addSubnet(network, length);
        expect(contains(must(`${network}/${length}`), must(address))).toBe(list.check(address));
      }),
    );
    fc.assert(
      fc.property(fc.ipV6(), fc.integer({ min: 1, max: 128 }), fc.ipV6(), (network, length, address) => {
        const list = new BlockList();
        list.addSubnet(network, length, 'ipv6');
        // Node compares an IPv4-mapped address as IPv4.
        fc.pre(!/^::ffff:|\./i.test(address) && !/^::ffff:|\./i.test(network));
        expect(contains(must(`${network}/${length}`), must(address))).toBe(list.check(address, 'ipv6'));
      }),
    );
  });

  test('contains is reflexive and transitive, overlap is symmetric', () => {
    fc.assert(
      fc.property(anyPrefix, anyPrefix, anyPrefix, (first, second, third) => {
        const [a, b, c] = [must(first), must(second), must(third)];
        expect(contains(a, a)).toBe(true);
        expect(overlaps(a, b)).toBe(overlaps(b, a));
        if (contains(a, b) && contains(b, c)) expect(contains(a, c)).toBe(true);
      }),
    );
  });
});
