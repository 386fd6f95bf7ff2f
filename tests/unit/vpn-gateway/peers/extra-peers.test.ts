import { describe, expect, test } from '@jest/globals';
import { type ExtraPeer, isPrivate, overlayPrefix, parseExtraPeers, parsePrefix } from '@charm-ts/vpn-gateway';
import fc from 'fast-check';

const confirmed = [parsePrefix('203.0.113.9/32') ?? { family: 4 as const, network: 0n, length: 32, text: '' }];
const read = (text: string) => parseExtraPeers(text, { overlay: overlayPrefix('172.16.0'), confirmed });

const textOf = (peer: ExtraPeer): string => {
  const port = peer.port === undefined ? '' : ` ${peer.port.protocol} ${peer.port.number}`;
  return `${peer.kind === 'range' ? peer.range.text : `pods of ${peer.namespace}`}${port}`;
};
const peersOf = (text: string): readonly string[] => {
  const extra = read(text);
  return extra.kind === 'ok' ? extra.peers.map(textOf) : extra.faults;
};

describe('extra peers', () => {
  test.each([
    ['', []],
    [' , ', []],
    ['192.168.7.40', ['192.168.7.40/32']],
    ['192.168.7.40:32400', ['192.168.7.40/32 TCP 32400']],
    ['192.168.7.41/24', ['192.168.7.0/24']],
    ['192.168.7.0/24:514/udp', ['192.168.7.0/24 UDP 514']],
    ['fd00:9::/64', ['fd00:9::/64']],
    ['[fd00:9::7]:443/tcp', ['fd00:9::7/128 TCP 443']],
    ['[fd00:9::/64]:443', ['fd00:9::/64 TCP 443']],
    ['monitoring', ['pods of monitoring']],
    ['monitoring:3100', ['pods of monitoring TCP 3100']],
    ['100.64.3.2 203.0.113.9:30080', ['100.64.3.2/32', '203.0.113.9/32 TCP 30080']],
    ['b:1,a:2 a:2\n192.168.7.40', ['pods of a TCP 2', 'pods of b TCP 1', '192.168.7.40/32']],
  ])('%j', (text, expected) => {
    expect(peersOf(text)).toEqual(expected);
  });

  test.each([
    ['0.0.0.0/0', 'is wider than /8'],
    ['::/0', 'is wider than /16'],
    ['10.0.0.0/7', 'is wider than /8'],
    ['8.8.8.8', 'is public and not known as a range of this cluster'],
    ['203.0.113.0/24', 'is public and not known as a range of this cluster'],
    ['[2001:db8::1]:443', 'is public and not known as a range of this cluster'],
    ['169.254.169.254', 'is link-local'],
    ['fe80::1', 'is link-local'],
    ['239.255.255.250:1900/udp', 'is multicast'],
    ['127.0.0.1:8080', 'is loopback'],
    ['::ffff:8.8.8.8', 'is IPv4 inside IPv6'],
    ['172.16.0.0/12', 'overlaps the overlay network 172.16.0.0/24'],
    ['192.168.7.1:53', 'is a name server, and names are asked through the tunnel only'],
    ['kube-system:853', 'is a name server, and names are asked through the tunnel only'],
    ['192.168.7.1:0', 'has no port from 1 to 65535'],
    ['192.168.7.1:65536', 'has no port from 1 to 65535'],
  ])('%s is refused: it %s', (text, why) => {
    expect(read(`192.168.7.40 ${text}`)).toEqual({ kind: 'invalid', faults: [`${JSON.stringify(text)} ${why}`] });
  });

  test.each(['nas.local', 'nas.local:443', '192.168.7', '1234', '192.168.7.1:http', '192.168.7.1:80/sctp', ':80', 'A'])(
    '%s is refused: it is no peer',
    (text) => {
      expect(peersOf(text)).toEqual([
        `${JSON.stringify(text)} is neither a prefix such as 192.168.7.0/24 nor a namespace, with a port such as :8080 or :514/udp`,
      ]);
    },
  );

  test('no text lets a public address through', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const address = fc.tuple(octet, octet, octet, octet).map((octets) => octets.join('.'));
    const end = fc.constantFrom('', '/32', '/24', '/8', '/1', '/0', ':80', '/16:80');
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(address, end).map((parts) => parts.join('')),
          { maxLength: 3 },
        ),
        (items) => {
          const extra = parseExtraPeers(items.join(' '), { overlay: undefined });
          for (const peer of extra.kind === 'ok' ? extra.peers : []) {
            expect(peer.kind === 'range' && isPrivate(peer.range)).toBe(true);
          }
        },
      ),
    );
  });
});
