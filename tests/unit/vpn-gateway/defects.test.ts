import { describe, expect, test } from '@jest/globals';
import {
  clientProtection,
  type ClientSpec,
  clientSettings,
  gatewayProtection,
  type GatewaySpec,
  gatewaySettings,
  parsePrefix,
  type Prefix,
} from '@charm-ts/vpn-gateway';
import { outboundSubnets } from '../../../src/gateway/outbound-subnets.js';
import { clusterFacts } from './fakes/cluster-facts.js';
import { gatewayData } from './fakes/gateway-data.js';

// Defects of the Python library by their numbers, where no other test names them; docs/vpn-gateway/defects.md lists all.
const prefixes = (...texts: readonly string[]): readonly Prefix[] => texts.flatMap((text) => parsePrefix(text) ?? []);
const client = (changes: Partial<ClientSpec> = {}): ClientSpec => ({
  app: 'sabnzbd',
  namespace: 'media',
  gateway: gatewayData(),
  cluster: clusterFacts,
  webPorts: [],
  ...changes,
});
const gateway = (changes: Partial<GatewaySpec> = {}): GatewaySpec => ({
  app: 'gluetun',
  namespace: 'media',
  workload: 'gluetun',
  overlay: { id: 42, port: 4790, network: '172.16.0' },
  tunnel: 'tun0',
  clusterCidrs: prefixes('10.1.0.0/16'),
  cluster: clusterFacts,
  ...changes,
});
const scriptsOf = (spec: GatewaySpec): readonly string[] =>
  Object.values(gatewayProtection(spec).configMap['data'] as Record<string, string>);

describe('leaks', () => {
  test('A4: an IPv6 prefix never gets near Gluetun’s rules', () => {
    expect(outboundSubnets(prefixes('10.1.0.0/16', 'fd00:10::/48'), { ...clusterFacts, nodes: ['fd00::1'] })).toEqual([
      '10.1.0.0/16',
      '10.152.183.1/32',
      '10.152.183.61/32',
      '192.168.7.9/32',
    ]);
  });

  test('A14: pods reach the gateway on the overlay’s port only', () => {
    const [policy] = gatewayProtection(gateway()).policies;
    const { ingress } = policy?.['spec'] as {
      ingress: readonly { from: readonly object[]; ports?: readonly object[] }[];
    };
    const fromPods = ingress.filter(({ from }) => from.some((peer) => 'namespaceSelector' in peer));
    expect(fromPods.map(({ ports }) => ports)).toEqual([[{ protocol: 'UDP', port: 4790 }]]);
  });

  test('A21: the agent reaches API server and controllers under the policy, before and after translation', () => {
    const text = JSON.stringify(clientProtection(client()).policies);
    for (const peer of ['10.152.183.1/32', '192.168.7.9/32', '10.152.183.61/32', 'controller-mk8s']) {
      expect(text).toContain(peer);
    }
    expect(clientSettings(client())).toContain('API_SERVERS=10.152.183.1:443 192.168.7.9:16443\n');
  });
});

describe('addresses', () => {
  test('B1, B2: what stays outside the tunnel is what was asked for, and nothing by default', () => {
    expect(gatewaySettings(gateway({ clusterCidrs: prefixes('100.64.0.0/16') }))).toContain(
      'CLUSTER_CIDRS=100.64.0.0/16\n',
    );
    for (const text of scriptsOf(gateway())) expect(text).not.toMatch(/10\.0\.0\.0\/8|192\.168\.0\.0\/16/);
  });

  test('B3, B4, B5, B6: network, port and MTU of the overlay are settings, the same on both sides', () => {
    const overlay = { id: 7, port: 8472, network: '172.16.9' };
    const data = gatewayData({ vxlan_id: 7, vxlan_port: 8472, vxlan_ip_network: '172.16.9', mtu: 1280 });
    for (const text of [gatewaySettings(gateway({ overlay, mtu: 1280 })), clientSettings(client({ gateway: data }))]) {
      expect(text).toMatch(/^VXLAN_ID=7\nVXLAN_PORT=8472\nVXLAN_NETWORK=172\.16\.9\nMTU=1280\n/);
    }
  });

  test('B11: the address of the DNS service needs no range around it', () => {
    const settings = clientSettings(client({ gateway: gatewayData({ cluster_cidrs: '10.1.0.0/16' }) }));
    expect(settings).toContain('CLUSTER_DNS=10.152.183.10\n');
  });

  test('B14: Gluetun has a resolv.conf of its own', () => {
    const { statefulSet } = gatewayProtection(gateway());
    const { containers } = (statefulSet['spec'] as { template: { spec: { containers: readonly object[] } } }).template
      .spec;
    const holders = containers.filter((container) => JSON.stringify(container).includes('/etc/resolv.conf'));
    expect(holders).toMatchObject([{ name: 'gluetun' }]);
  });

  test('B16: names that clients ask for are not logged', () => {
    for (const text of scriptsOf(gateway())) expect(text).not.toContain('log-queries');
  });

  test('B19: only what leaves by the tunnel gets another source', () => {
    const lines = scriptsOf(gateway()).flatMap((text) =>
      text.split('\n').filter((line) => line.includes('MASQUERADE')),
    );
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toContain(' -o ');
  });
});
