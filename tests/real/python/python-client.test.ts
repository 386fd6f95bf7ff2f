import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RealClock } from '@charm-ts/testing';
import { Deployment, gateway } from '../../integration/deployment.js';
import { clusterForSuite } from '../../integration/suite.js';
import { packed, pythonClient } from './python-charm.js';
import { releases } from './python-peer.js';
import { configMapOf, ingressOf, settingsIn, templateIn } from './stored-objects.js';
import { longPatience, within } from './waiting.js';

const here = clusterForSuite();
const client = 'python/0';

describe.each(releases)('a client of charmarr-lib-vpn %s behind our gateway', (release) => {
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await Deployment.empty(here.cluster, { clock: new RealClock() });
    deployment.addSecret();
    await deployment.deployGluetun();
    deployment.grantSecret();
    deployment.setOptions();
    await deployment.sandbox.deploy(packed(pythonClient, release), 'python', { trust: true });
    await deployment.settle();
  }, longPatience);
  afterAll(async () => {
    const { failures } = deployment.sandbox;
    await deployment.close();
    expect(failures).toEqual([]);
  });

  const until = async (unit: string, status: string): Promise<void> => {
    const { sandbox } = deployment;
    await sandbox.waitFor(
      () => sandbox.due.length === 0 && deployment.status(unit) === status,
      `${unit} ${status}, which is ${deployment.status(unit)}`,
      { within },
    );
  };
  /** The gateway's settings as its own scripts read them. */
  const gatewaySettings = () => settingsIn(configMapOf(here.cluster, 'gluetun-gateway-settings'), 'settings');
  const clientSettings = () => settingsIn(configMapOf(here.cluster, 'python-gateway-client-config'), 'settings.sh');

  test(
    'gets ready by our data alone, and is counted',
    async () => {
      deployment.sandbox.integrate('gluetun', 'python');
      await until(client, 'active: ');
      await until(gateway, 'active: VPN connected (185.213.154.66), 1 client');
      const services = deployment.sandbox.pod(client).container('workload').services;
      expect(services).toMatchObject([{ name: 'workload', current: 'active' }]);
    },
    longPatience,
  );

  test('makes a pod that looks for the gateway where it is, with the settings that the gateway has', () => {
    const { VXLAN_ID, VXLAN_PORT, VXLAN_NETWORK, CLUSTER_DNS, CLUSTER_CIDRS } = gatewaySettings();
    const settings = clientSettings();
    expect(settings).toEqual({
      K8S_DNS_IPS: CLUSTER_DNS,
      NOT_ROUTED_TO_GATEWAY_CIDRS: CLUSTER_CIDRS,
      VXLAN_ID,
      VXLAN_IP_NETWORK: VXLAN_NETWORK,
      ...(release === '0.5.0' ? {} : { VXLAN_PORT }),
    });
    const { containers, initContainers } = templateIn(here.cluster, 'python');
    const added = [...containers, ...initContainers].filter(({ name }) => name.startsWith('vpn-route'));
    expect(added.map(({ name }) => name)).toEqual(['vpn-route-sidecar', 'vpn-route-init']);
    for (const { env } of added) {
      expect(env).toEqual([{ name: 'gateway', value: 'gluetun-endpoints.media.svc.cluster.local' }]);
    }
  });

  test('pings the gateway before it joins, and the policy of the gateway lets it', () => {
    const [clients] = ingressOf(here.cluster, 'gluetun-vpn-gateway');
    expect(clients).toMatchObject({ from: [{ namespaceSelector: {} }] });
    expect(clients).not.toHaveProperty('ports');
  });

  test(
    'hears that the tunnel is down, and that it is back',
    async () => {
      const { sandbox } = deployment;
      sandbox.vpn(gateway, 'down');
      await until(client, 'waiting: Waiting for VPN connection');
      sandbox.vpn(gateway, 'up');
      await until(client, 'active: ');
    },
    longPatience,
  );

  test(
    'a release that knows no port works with vxlan-port=8472, a newer one with any',
    async () => {
      deployment.sandbox.configure('gluetun', { 'vxlan-port': 8472 });
      await until(gateway, 'active: VPN connected (185.213.154.66), 1 client');
      await until(client, 'active: ');
      // Port 0 of the image's scripts is the kernel's 8472.
      expect(gatewaySettings()['VXLAN_PORT']).toBe(clientSettings()['VXLAN_PORT'] ?? '8472');
    },
    longPatience,
  );

  test(
    'is no client any more when the relation is gone, on both sides',
    async () => {
      deployment.sandbox.removeRelation('gluetun', 'python');
      await until(client, 'blocked: Waiting for vpn-gateway relation');
      await until(gateway, 'active: VPN connected (185.213.154.66), 0 clients');
      // The overlay is open to nobody: what is left are the kubelet's probes.
      const ports = ingressOf(here.cluster, 'gluetun-vpn-gateway').map((rule) => rule.ports);
      expect(ports).toEqual([[{ port: 38812, endPort: 38820, protocol: 'TCP' }]]);
    },
    longPatience,
  );
});
