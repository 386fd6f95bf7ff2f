import {
  clientProtection,
  type ClusterFacts,
  checkClusterCidrs,
  gatewayProtection,
  overlayPrefix,
  parseExtraPeers,
  unknownCluster,
} from '@charm-ts/vpn-gateway';
import { outboundSubnets } from '../../../src/gateway/outbound-subnets.js';
import { clusterResolver } from '../../../src/workload/cluster-resolver.js';
import { gluetunSettings } from '../../../src/workload/gluetun-settings.js';

// Prints what the charm code makes of the bed's cluster, as one JSON document: what each pod is built from, the network policies, and Gluetun's settings.

const vpnServer = { address: '198.51.100.51', port: 51_820 };
const overlay = { id: 42, port: 4790, network: '172.16.0' };
const checked = checkClusterCidrs(['10.1.0.0/16', '10.152.183.0/24'], { overlay: overlayPrefix(overlay.network) });
if (checked.kind === 'invalid') throw new Error(checked.faults.join(', '));
const clusterCidrs = checked.prefixes;

// With Cilium's definitions in the cluster there is a second policy beside each.
const cilium = process.argv.includes('--cilium');

const cluster: ClusterFacts = {
  ...unknownCluster,
  dnsAddress: '10.152.183.10',
  domain: 'cluster.local',
  apiServers: [
    { address: '10.152.183.1', port: 443 },
    { address: '192.168.7.9', port: 16_443 },
  ],
  controllers: [
    { address: '10.152.183.61', port: 17_070 },
    { address: '203.0.113.170', port: 17_070 },
  ],
  controllerNamespaces: ['controller-home'],
  nodes: ['192.168.7.9'],
  podCidrs: ['10.1.0.0/16'],
  serviceCidrs: ['10.152.183.0/24'],
  cilium,
  unreadable: [],
};

const gateway = gatewayProtection({
  app: 'gluetun',
  namespace: 'media',
  workload: 'gluetun',
  overlay,
  tunnel: 'tun0',
  endpoint: vpnServer,
  clusterCidrs,
  cluster,
});

// `--extra-peers=LIST`: whom the clients reach beside the tunnel.
const list = process.argv.flatMap((word) => (word.startsWith('--extra-peers=') ? [word.slice(14)] : [])).join(' ');
const extra = parseExtraPeers(list, { overlay: overlayPrefix(overlay.network) });
if (extra.kind === 'invalid') throw new Error(extra.faults.join(', '));
const extraPeers = extra.peers;

const client = (app: string) =>
  clientProtection({
    app,
    namespace: 'media',
    webPorts: [8080],
    extraPeers,
    cluster,
    gateway: {
      routing_method: 'pod-gateway',
      gateway_dns_name: 'gluetun-endpoints.media.svc.cluster.local',
      vxlan_id: overlay.id,
      vxlan_port: overlay.port,
      vxlan_ip_network: overlay.network,
      cluster_cidrs: clusterCidrs.map(({ text }) => text).join(','),
      cluster_dns_ip: '10.152.183.10',
      cluster_domain: 'cluster.local',
      vpn_connected: true,
      external_ip: '198.51.100.200',
      instance_name: 'gluetun',
    },
  });

const settings = gluetunSettings(
  {
    protocol: 'wireguard',
    provider: 'custom',
    addresses: ['10.2.0.2/32'],
    filters: {},
    endpoint: { ...vpnServer, publicKey: '' },
    hasOpenVpnConfig: false,
    mtu: 1320,
    keepalive: 25,
    dnsUpstream: 'plain',
    logLevel: 'info',
    portForwarding: undefined,
    overrides: {},
  },
  { outboundSubnets: outboundSubnets(clusterCidrs, cluster), vxlanPort: overlay.port },
);

// Row 6: what an operator or a foreign databag may name as the cluster's, and what the charm says to it.
const rejected = ['198.51.100.0/24', '0.0.0.0/0', '0.0.0.0/1', '2000::/3', '169.254.0.0/16'].filter(
  (text) => checkClusterCidrs([text], { overlay: overlayPrefix(overlay.network) }).kind === 'invalid',
);

const resolver = clusterResolver('cluster.local', 'media').content;

const documents = { gateway, sabnzbd: client('sabnzbd'), prowlarr: client('prowlarr'), settings, rejected, resolver };
process.stdout.write(`${JSON.stringify(documents, undefined, 2)}\n`);
