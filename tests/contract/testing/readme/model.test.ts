import { expect, test } from '@jest/globals';
import { connectInCluster } from '@charm-ts/ops/kubernetes';
import { Cluster, Sandbox } from '@charm-ts/testing';
import { GluetunCharm, SabnzbdCharm } from './charms.js';

test('a VPN that is lost', async () => {
  const cluster = await Cluster.start(); // once for all tests of a file
  const sandbox = await Sandbox.create({ cluster, connect: connectInCluster });
  const key = sandbox.addSecret('vpn-key', { 'private-key': Buffer.alloc(32, 7).toString('base64') });
  const config = {
    'vpn-provider': 'mullvad',
    'wireguard-addresses': '10.64.12.7/32',
    'wireguard-private-key-secret': key,
    'cluster-cidrs': '10.1.0.0/16,10.152.183.0/24',
  };
  await sandbox.deploy(GluetunCharm, 'gluetun', { trust: true, config });
  await sandbox.deploy(SabnzbdCharm, 'sabnzbd', { trust: true });
  sandbox.grantSecret('vpn-key', 'gluetun');
  sandbox.integrate('gluetun', 'sabnzbd');
  await sandbox.settle();
  sandbox.vpn('gluetun/0', 'down');
  await sandbox.settle();
  expect(sandbox.journal.of('status', 'sabnzbd/0').at(-1)?.detail).toBe('waiting: VPN lost: traffic is blocked');
  await sandbox.close();
  await cluster.close();
});
