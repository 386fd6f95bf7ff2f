import type { ClusterFacts, Prefix } from '@charm-ts/vpn-gateway';
import { outboundSubnets } from '../../../src/gateway/outbound-subnets.js';
import { gluetunSettings } from '../../../src/workload/gluetun-settings.js';
import type { ClusterUnit } from './unit.js';
import { tunnelAddress, vpnServer, type World } from './world.js';

/** What the charm does by Pebble in the gateway's workload: settings as files, then Gluetun; here the stand-in of tests/dataplane. */
export async function startGluetun(
  gateway: ClusterUnit,
  world: World,
  { clusterCidrs, cluster, vxlanPort }: { clusterCidrs: readonly Prefix[]; cluster: ClusterFacts; vxlanPort: number },
): Promise<void> {
  const keys = await world.keys();
  const settings = gluetunSettings(
    {
      protocol: 'wireguard',
      provider: 'custom',
      addresses: [`${tunnelAddress}/32`],
      filters: {},
      endpoint: { ...vpnServer, publicKey: keys.server },
      hasOpenVpnConfig: false,
      mtu: 1320,
      keepalive: 25,
      dnsUpstream: 'plain',
      logLevel: 'info',
      portForwarding: undefined,
      overrides: {},
    },
    { outboundSubnets: outboundSubnets(clusterCidrs, cluster), vxlanPort },
  );
  const files = Object.entries({ ...settings, WIREGUARD_PRIVATE_KEY: keys.client });
  const writes = files.map(([name, value]) => `printf %s '${value}' >/gluetun-settings/${name.toLowerCase()}`);
  const device = 'mkdir -p /dev/net; test -e /dev/net/tun || mknod /dev/net/tun c 10 200';
  const start = 'setsid --fork gluetun-stand-in >/tmp/gluetun.log 2>&1 </dev/null && echo started';
  const script = ['umask 077', 'mkdir -p /gluetun-settings', ...writes, device, start].join('\n');
  if ((await gateway.run('gluetun', 'bash', '-c', script)) !== 'started') throw new Error('Gluetun does not start');
}
