import {
  type ClientSpec,
  type ClusterFacts,
  type GatewaySpec,
  parsePrefix,
  unknownCluster,
} from '@charm-ts/vpn-gateway';
import { providerData } from '@charm-ts/vpn-gateway/testing';

/** Facts of an ordinary MicroK8s cluster. */
const cluster: ClusterFacts = {
  ...unknownCluster,
  dnsAddress: '10.152.183.10',
  domain: 'cluster.local',
  apiServers: [
    { address: '10.152.183.1', port: 443 },
    { address: '192.168.7.9', port: 16443 },
  ],
  controllers: [{ address: '10.152.183.61', port: 17070 }],
  controllerNamespaces: ['controller-mk8s'],
  nodes: ['192.168.7.9'],
  podCidrs: ['10.1.0.0/16'],
  serviceCidrs: ['10.152.183.0/24'],
  cilium: false,
  unreadable: [],
};

const clusterCidrs = ['10.1.0.0/16', '10.152.183.0/24'].flatMap((text) => parsePrefix(text) ?? []);

export function gatewaySpec(namespace: string, changes: Partial<GatewaySpec> = {}): GatewaySpec {
  return {
    app: 'gluetun',
    namespace,
    workload: 'gluetun',
    overlay: { id: 42, port: 4790, network: '172.16.0' },
    tunnel: 'tun0',
    clusterCidrs,
    cluster,
    ...changes,
  };
}

export function clientSpec(namespace: string): ClientSpec {
  return {
    app: 'sabnzbd',
    namespace,
    gateway: providerData({ gateway_dns_name: `gluetun-endpoints.${namespace}.svc.cluster.local` }),
    cluster,
    webPorts: [8080],
  };
}
