import { describe, expect, test } from '@jest/globals';
import {
  checkClusterCidrs,
  contains,
  forbiddenRange,
  isPrivate,
  overlaps,
  overlayPrefix,
  parsePrefix,
  splitCidrs,
} from '@charm-ts/vpn-gateway';
import fc from 'fast-check';

const overlay = overlayPrefix('172.16.0');
const check = (...texts: readonly string[]) => checkClusterCidrs(texts, { overlay });
const fault = (text: string): string => {
  const result = check(text);
  return result.kind === 'invalid' ? result.faults.join() : 'accepted';
};

describe('cluster prefixes', () => {
  test('are normalised, sorted and without duplicates', () => {
    const result = check('10.152.183.0/24', '10.1.2.3/16', '10.1.5.0/24', '10.1.0.0/16', 'fd00:10:1::5/64');
    expect(result.kind === 'ok' && result.prefixes.map(({ text }) => text)).toEqual([
      '10.1.0.0/16',
      '10.152.183.0/24',
      'fd00:10:1::/64',
    ]);
  });

  test.each([
    ['0.0.0.0/0', '"0.0.0.0/0" is wider than /8'],
    ['128.0.0.0/1', '"128.0.0.0/1" is wider than /8'],
    ['10.0.0.0/7', '"10.0.0.0/7" is wider than /8'],
    ['::/0', '"::/0" is wider than /16'],
    ['2000::/3', '"2000::/3" is wider than /16'],
    ['169.254.169.254/32', '"169.254.169.254/32" is link-local'],
    ['fe80::/64', '"fe80::/64" is link-local'],
    ['224.0.0.0/8', '"224.0.0.0/8" is multicast'],
    ['ff02::1', '"ff02::1" is multicast'],
    ['127.0.0.0/8', '"127.0.0.0/8" is loopback'],
    ['::1', '"::1" is loopback'],
    ['172.16.0.128/25', '"172.16.0.128/25" overlaps the overlay network 172.16.0.0/24'],
    ['172.16.0.0/12', '"172.16.0.0/12" overlaps the overlay network 172.16.0.0/24'],
    ['8.8.8.8/32', '"8.8.8.8/32" is public and not known as a range of this cluster'],
    ['2001:db8::/48', '"2001:db8::/48" is public and not known as a range of this cluster'],
    ['::ffff:8.8.8.8/128', '"::ffff:8.8.8.8/128" is IPv4 inside IPv6'],
    ['64:ff9b::8.8.8.8', '"64:ff9b::8.8.8.8" is IPv4 inside IPv6'],
    ['"; rm -rf /', '"\\"; rm -rf /" is not a prefix such as 10.1.0.0/16'],
  ])('%s is refused: %s', (text, expected) => {
    expect(fault(text)).toBe(expected);
  });

  test('an empty list is refused', () => {
    expect(check()).toEqual({ kind: 'invalid', faults: ['is empty'] });
    expect(splitCidrs(' , ,')).toEqual([]);
  });

  test('B12: a list is separated by commas or blanks', () => {
    expect(splitCidrs(' 10.1.0.0/16 10.2.0.0/16,\t10.3.0.0/16,')).toEqual([
      '10.1.0.0/16',
      '10.2.0.0/16',
      '10.3.0.0/16',
    ]);
  });

  test('a confirmed public prefix is accepted, what contains it is not', () => {
    const confirmed = [parsePrefix('203.0.113.0/24')].flatMap((prefix) => prefix ?? []);
    expect(checkClusterCidrs(['203.0.113.0/25'], { overlay, confirmed }).kind).toBe('ok');
    expect(checkClusterCidrs(['203.0.112.0/23'], { overlay, confirmed }).kind).toBe('invalid');
  });

  test('A6: whatever is accepted is private, no special range, clear of the overlay and covers what was asked for', () => {
    const cidr = fc.oneof(
      fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map(([address, length]) => `${address}/${length}`),
      fc
        .tuple(fc.constantFrom('10', '172', '192', '100'), fc.ipV4(), fc.integer({ min: 6, max: 32 }))
        .map(([first, address, length]) => `${first}.${address.split('.').slice(1).join('.')}/${length}`),
      fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })).map(([address, length]) => `${address}/${length}`),
    );
    fc.assert(
      fc.property(fc.array(cidr, { minLength: 1, maxLength: 4 }), (texts) => {
        const result = check(...texts);
        if (result.kind === 'invalid') return;
        for (const prefix of result.prefixes) {
          expect(isPrivate(prefix)).toBe(true);
          expect(forbiddenRange(prefix)).toBeUndefined();
          expect(overlay !== undefined && overlaps(overlay, prefix)).toBe(false);
        }
        for (const text of texts) {
          const asked = parsePrefix(text);
          expect(result.prefixes.some((prefix) => asked !== undefined && contains(prefix, asked))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
