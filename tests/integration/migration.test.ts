import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Cluster } from '@charm-ts/testing';
import { metadata } from '../../src/generated/metadata.js';
import { Deployment, gateway, privateKey, secretOption } from './deployment.js';
import { clusterForSuite, patience } from './suite.js';

// The object side, with the Python library itself, is in tests/real/python/takeover.test.ts.

const here = clusterForSuite();
let deployment: Deployment;
let uri = '';

/** What the Python charm and its library have left in the pod template of their gateway. */
const leaveTemplate = (cluster: Cluster): void => {
  cluster.patch(
    { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: 'media', name: 'gluetun' },
    {
      spec: {
        template: {
          metadata: { annotations: { 'charmarr.io/gateway-config-hash': '0a1b2c3d4e5f6071' } },
          spec: {
            initContainers: [{ name: 'gateway-init', image: 'old', args: ['/bin/gateway_init.sh'] }],
            containers: [
              { name: 'gluetun', securityContext: { privileged: true } },
              { name: 'gateway-sidecar', image: 'old', args: ['/bin/gateway_sidecar.sh'] },
            ],
            volumes: [{ name: 'gateway-config', configMap: { name: 'gluetun-gateway-settings' } }],
          },
        },
      },
    },
  );
};

/** Everything that pods are made from. */
const template = (): string =>
  JSON.stringify(
    here.cluster
      .list()
      .find(
        ({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === 'gluetun' && metadata.namespace === 'media',
      )?.['spec'],
  );

const file = (name: string): string | undefined =>
  deployment.sandbox.pod(gateway).container('gluetun').files.read(name);

/** The options of the Python charm, and nothing of the test before. */
const configure = (options: Readonly<Record<string, string | number | boolean>>): void => {
  const unset = Object.keys(metadata.options).map((name) => [name, undefined] as const);
  deployment.sandbox.configure('gluetun', { ...Object.fromEntries(unset), [secretOption]: uri, ...options });
};

beforeAll(async () => {
  deployment = await Deployment.empty(here.cluster);
  uri = deployment.sandbox.addSecret('vpn-key', { 'private-key': privateKey });
  await deployment.deployGluetun();
  deployment.grantSecret();
  await deployment.settle();
}, patience);

afterAll(async () => {
  const { failures } = deployment.sandbox;
  await deployment.close();
  expect(failures).toEqual([]);
});

describe('a configuration of the Python charm', () => {
  test(
    'works as it was, blanks and all, and nothing is left in the pod',
    async () => {
      leaveTemplate(here.cluster);
      configure({
        'cluster-cidrs': '10.1.0.0/16, 10.152.183.7/24, 192.168.7.9/32',
        'vpn-provider': 'NordVPN',
        'vpn-type': 'wireguard',
        'wireguard-addresses': '',
        'server-countries': 'Switzerland, Sweden',
        'server-cities': 'Zurich',
        'vpn-endpoint-port': 51_820,
        'vxlan-id': 77,
        'dns-over-tls': true,
        'extended-alert-rules': true,
      });
      await deployment.settle();
      await deployment.updateStatus();
      expect(deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 0 clients');
      expect(file('/gluetun/server_countries')).toBe('Switzerland,Sweden');
      expect(file('/gluetun/dns_upstream_resolver_type')).toBe('dot');
      expect(file('/gluetun/firewall_outbound_subnets')).toContain('10.1.0.0/16,10.152.183.0/24,192.168.7.9/32');
      expect(template()).not.toMatch(/charmarr|_init\.sh|_sidecar\.sh|"old"/);
      expect(template().match(/"privileged":true/g)).toHaveLength(1);
    },
    patience,
  );

  test(
    'with its own server works as it was',
    async () => {
      configure({
        'cluster-cidrs': '10.1.0.0/16,10.152.183.0/24',
        'vpn-provider': 'custom',
        'wireguard-addresses': '10.9.0.2/32',
        'vpn-endpoint-ip': '203.0.113.9',
        'vpn-endpoint-port': 51_821,
        'wireguard-public-key': Buffer.alloc(32, 5).toString('base64'),
        'custom-overrides': '{"WIREGUARD_MTU": "1280", "HEALTH_RESTART_VPN": "on"}',
      });
      await deployment.settle();
      expect(deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 0 clients');
      expect(file('/gluetun/wireguard/wg0.conf')).toContain('Endpoint = 203.0.113.9:51821');
      expect(file('/gluetun/wireguard_mtu')).toBe('1280');
    },
    patience,
  );

  test(
    'with OpenVPN and its password in the overrides says where that belongs, and works with it there',
    async () => {
      configure({
        'vpn-provider': '',
        'vpn-type': 'openvpn',
        'custom-overrides':
          '{"VPN_SERVICE_PROVIDER": "expressvpn", "VPN_TYPE": "openvpn", "OPENVPN_USER": "me", "OPENVPN_PASSWORD": "hunter2"}',
      });
      await deployment.settle();
      expect(deployment.status(gateway)).toMatch(/^blocked: .*OPENVPN_PASSWORD is a secret: put it in the secret of/);
      expect(deployment.status(gateway)).not.toContain('hunter2');
      deployment.sandbox.updateSecret('vpn-key', { 'openvpn-user': 'me', 'openvpn-password': 'hunter3' });
      configure({
        'custom-overrides': '{"VPN_SERVICE_PROVIDER": "expressvpn", "VPN_TYPE": "openvpn"}',
        'vpn-type': 'openvpn',
      });
      await deployment.settle();
      expect(deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 0 clients');
      expect(file('/run/secrets/openvpn_password')).toBe('hunter3');
    },
    patience,
  );
});
