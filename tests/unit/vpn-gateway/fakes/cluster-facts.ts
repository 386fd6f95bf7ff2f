import type { ClusterFacts } from '@charm-ts/vpn-gateway';

/** What is discovered in the cluster of the fakes. */
export const clusterFacts: ClusterFacts = {
  dnsAddress: '10.152.183.10',
  dnsServers: ['10.152.183.10'],
  dnsNamespace: 'kube-system',
  dnsPorts: [],
  domain: 'cluster.local',
  apiServers: [
    { address: '10.152.183.1', port: 443 },
    { address: '192.168.7.9', port: 16443 },
  ],
  controllers: [{ address: '10.152.183.61', port: 17070 }],
  controllerNamespaces: ['controller-mk8s'],
  nodes: ['192.168.7.9'],
  podCidrs: ['10.1.0.0/24'],
  serviceCidrs: ['10.152.183.0/24'],
  strays: [],
  cilium: false,
  unreadable: [],
};
