const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT';

/** A line of `/proc/net/route`. */
export const route = (device: string, cidr: string, flags = '0003'): string => {
  const [address = '', length = '0'] = cidr.split('/');
  const little = (value: number): string => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value >>> 0);
    return bytes.toString('hex').toUpperCase();
  };
  const value = address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const mask = Number(length) === 0 ? 0 : (0xffffffff << (32 - Number(length))) >>> 0;
  return `${device}\t${little(value)}\t0100020A\t${flags}\t0\t0\t0\t${little(mask)}\t0\t0\t0`;
};

/** `/proc/net/route` with these lines. */
export const ipv4Table = (...lines: readonly string[]): string => [head, ...lines, ''].join('\n');

/** Routes of a protected pod. */
export const overlayRoutes = [
  route('vxlan0', '0.0.0.0/0'),
  route('eth0', '10.1.0.0/16'),
  route('eth0', '10.152.183.0/24'),
  route('eth0', '169.254.1.1/32', '0005'),
  route('vxlan0', '172.16.0.0/24', '0001'),
] as const;

/** A line of `/proc/net/ipv6_route`; destination as 32 digits. */
export const route6 = (device: string, destination: string, length: number, flags = '00000003'): string =>
  `${destination} ${length.toString(16).padStart(2, '0')} ${'0'.repeat(32)} 00 ${'0'.repeat(32)} 00000400 00000001 00000000 ${flags} ${device}`;

const zeros = '0'.repeat(32);

/** IPv6 of a protected pod: link-local, the loopback, and an unreachable default. */
export const closedIpv6 = [
  route6('eth0', `fe80${'0'.repeat(28)}`, 64, '00000001'),
  route6('lo', zeros, 0, '00200200'),
  route6('lo', `${'0'.repeat(31)}1`, 128, '80200001'),
  route6('eth0', `ff00${'0'.repeat(28)}`, 8, '00000001'),
].join('\n');
