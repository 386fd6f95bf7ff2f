import { describe, expect, test } from '@jest/globals';
import { clientProtection, clientSettings, gatewayProtection, gatewaySettings } from '@charm-ts/vpn-gateway';
import { cluster, discover, discoverWith, service } from '../fakes/discovery.js';
import { FakeKube } from '../fakes/fake-kube.js';
import { gatewayData } from '../fakes/gateway-data.js';

const empty = (...services: readonly ReturnType<typeof service>[]): FakeKube => {
  const kube = new FakeKube();
  for (const object of services) kube.put(object);
  return kube;
};
const resolver = (server: string, domain = 'cluster.local'): string =>
  `search media.svc.${domain} svc.${domain} ${domain}\nnameserver ${server}\noptions ndots:5\n`;

describe('B9: the name service of the cluster', () => {
  test.each([
    ['kube-dns', 'kube-system', {}],
    ['coredns', 'kube-system', {}],
    ['rke2-coredns-rke2-coredns', 'kube-system', {}],
    ['some-dns', 'kube-system', { 'k8s-app': 'kube-dns' }],
  ])('is found by name or label: %s', async (name, namespace, labels) => {
    expect(await discover(empty(service(namespace, name, '10.43.0.10', { labels })))).toMatchObject({
      dnsAddress: '10.43.0.10',
      dnsServers: ['10.43.0.10'],
      dnsNamespace: 'kube-system',
    });
  });

  test('is found by the address in resolv.conf, whatever it is called and on whatever port its pods listen', async () => {
    const kube = empty(
      service('openshift-dns', 'dns-default', '172.30.0.10', {
        ports: [
          { name: 'dns', port: 53, targetPort: 'dns' },
          { name: 'metrics', port: 9154, targetPort: 'metrics' },
        ],
      }),
    );
    kube.put({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: 'dns-default-x',
        namespace: 'openshift-dns',
        labels: { 'kubernetes.io/service-name': 'dns-default' },
      },
      ports: [
        { name: 'dns', port: 5353 },
        { name: 'metrics', port: 9154 },
      ],
      endpoints: [],
    });
    const facts = await discoverWith(kube, resolver('172.30.0.10'));
    expect(facts).toMatchObject({ dnsAddress: '172.30.0.10', dnsNamespace: 'openshift-dns', dnsPorts: [5353] });
    const [policy] = clientProtection({
      app: 'a',
      namespace: 'm',
      gateway: gatewayData(),
      cluster: facts,
      webPorts: [],
    }).policies;
    expect(JSON.stringify(policy)).toContain(
      '{"to":[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"kube-system"}}},' +
        '{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"openshift-dns"}}},' +
        '{"ipBlock":{"cidr":"172.30.0.10/32"}}],"ports":[{"protocol":"UDP","port":53},{"protocol":"TCP","port":53},' +
        '{"protocol":"UDP","port":5353},{"protocol":"TCP","port":5353}]}',
    );
  });

  test('a cache on the node is asked as well, and let through', async () => {
    const facts = await discoverWith(cluster(), resolver('169.254.20.10'));
    expect(facts).toMatchObject({
      dnsAddress: '10.152.183.10',
      dnsServers: ['10.152.183.10', '169.254.20.10'],
    });
    const client = { app: 'a', namespace: 'm', gateway: gatewayData(), cluster: facts, webPorts: [] };
    expect(clientSettings(client)).toContain('CLUSTER_DNS=10.152.183.10 169.254.20.10\n');
    expect(JSON.stringify(clientProtection(client).policies)).toContain('{"cidr":"169.254.20.10/32"}');
    const gateway = {
      app: 'g',
      namespace: 'm',
      workload: 'gluetun',
      overlay: { id: 42, port: 4790, network: '172.16.0' },
      tunnel: 'tun0',
      clusterCidrs: [],
      cluster: facts,
    };
    expect(gatewaySettings(gateway)).toContain('CLUSTER_DNS=10.152.183.10 169.254.20.10\n');
    expect(JSON.stringify(gatewayProtection(gateway).policies)).toContain('{"cidr":"169.254.20.10/32"}');
  });

  test.each([
    ['a public resolver', '9.9.9.9'],
    ['the router of the house', '192.168.7.1'],
    ['the cloud’s metadata', '169.254.169.254'],
    ['no address', 'dns.example'],
  ])('%s in resolv.conf is not taken', async (_what, server) => {
    expect(await discoverWith(cluster(), resolver(server))).toMatchObject({
      dnsAddress: '10.152.183.10',
      dnsServers: ['10.152.183.10'],
    });
    const unknown = await discoverWith(empty(), resolver(server));
    expect(unknown.dnsServers).toEqual([]);
    expect(unknown).not.toHaveProperty('dnsAddress');
  });

  test('B8, B15: the domain is the one that the pod searches', async () => {
    expect((await discoverWith(cluster(), resolver('10.152.183.10', 'corp.internal'))).domain).toBe('corp.internal');
    expect((await discoverWith(cluster(), 'search svc.$(id)\n')).domain).toBe('cluster.local');
    expect((await discover(cluster())).domain).toBe('cluster.local');
  });
});
