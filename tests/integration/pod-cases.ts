import type { PodCase, PodCaseName } from '@charm-ts/testing';

/** `Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT`, numbers in the host's byte order. */
const heading = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n';
const route = (device: string, destination: string, via: string, mask: string): string =>
  `${device}\t${destination}\t${via}\t0003\t0\t0\t0\t${mask}\t0\t0\t0\n`;
const route6 = (device: string, destination: string, length: string): string =>
  `${destination} ${length} ${'0'.repeat(32)} 00 fe80${'0'.repeat(27)}1 00000400 00000001 00000000 00000003 ${device}\n`;

const overlayDefault = route('vxlan0', '00000000', '010010AC', '00000000');
const podNetwork = route('eth0', '0000010A', '00000000', '00FFFFFF');
const link6 = route6('eth0', `fe80${'0'.repeat(28)}`, '40');

/** Verified, as a sidecar that sees nothing wrong would say: what is wrong is in the tables only. */
const good = { status: 200, body: 'ok: default route through vxlan0, gateway 172.16.0.1 answers\n' };

const pod = (changes: Partial<PodCase>): PodCase => ({
  routes: heading + overlayDefault + podNetwork,
  ipv6Routes: link6,
  verdict: good,
  ...changes,
});

/** Ways in which a pod can be half protected, and what the status has to say. */
export const partialStates: readonly {
  readonly what: string;
  readonly network: PodCaseName | PodCase;
  readonly reason: RegExp;
}[] = [
  { what: 'a second IPv6 default route', network: 'second-ipv6-default', reason: /ipv6: / },
  {
    what: 'a second IPv6 default route that the sidecar does not see',
    network: pod({ ipv6Routes: link6 + route6('eth0', '0'.repeat(32), '00') }),
    reason: /ipv6: ::\/0 leaves by eth0/,
  },
  {
    what: '2000::/3 by eth0',
    network: pod({ ipv6Routes: link6 + route6('eth0', `2${'0'.repeat(31)}`, '03') }),
    reason: /ipv6: 2000::\/3 leaves by eth0/,
  },
  { what: 'no overlay', network: 'no-overlay', reason: /sidecar: no answer/ },
  { what: 'an overlay without an answer', network: 'overlay-without-answer', reason: /: \w+: / },
  { what: "eth0's default route returned", network: 'eth0-default-returned', reason: /route: / },
  {
    what: "eth0's default route beside the overlay's",
    network: pod({ routes: heading + overlayDefault + route('eth0', '00000000', '0100010A', '00000000') }),
    reason: /route: 0\.0\.0\.0\/0 leaves by eth0/,
  },
  {
    what: 'two halves of the world by eth0',
    network: pod({
      routes:
        heading +
        overlayDefault +
        route('eth0', '00000000', '0100010A', '00000080') +
        route('eth0', '00000080', '0100010A', '00000080'),
    }),
    reason: /route: 0\.0\.0\.0\/1 leaves by eth0/,
  },
  {
    what: 'a public prefix by eth0',
    network: pod({ routes: heading + overlayDefault + route('eth0', '00000001', '0100010A', '000000FF') }),
    reason: /route: 1\.0\.0\.0\/8 leaves by eth0/,
  },
  {
    what: 'no default route',
    network: pod({ routes: heading + podNetwork }),
    reason: /route: no default route by vxlan0/,
  },
  {
    what: 'the verdict 503',
    network: pod({ verdict: { status: 503, body: 'rules: OUTPUT does not drop\n' } }),
    reason: /rules: OUTPUT does not drop/,
  },
  {
    what: 'a verdict that says nothing',
    network: pod({ verdict: { status: 200, body: '\n' } }),
    reason: /sidecar: answered 200/,
  },
  {
    what: 'nobody on the verdict port',
    network: { routes: heading + overlayDefault + podNetwork, ipv6Routes: link6 },
    reason: /sidecar: no answer/,
  },
  { what: 'a gateway that is gone', network: 'gateway-gone', reason: /gateway: / },
];
