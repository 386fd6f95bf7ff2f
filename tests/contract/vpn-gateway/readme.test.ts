import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { CharmBase, type CharmMetadata, type Framework } from '@charm-ts/ops';
import { Cluster, Sandbox } from '@charm-ts/testing';
import { VpnGatewayProvider } from '@charm-ts/vpn-gateway';
import { gatewayData } from '../../unit/vpn-gateway/fakes/gateway-data.js';
import { ClientCharm } from './client-charm.js';

// The first hook that reaches Kubernetes loads its client, which takes seconds on a busy machine.
jest.setTimeout(60_000);

const metadata = {
  name: 'gateway-k8s',
  containers: {},
  provides: { 'vpn-gateway': { interface: 'vpn-gateway' } },
  requires: {},
  peers: {},
  options: { connected: { type: 'boolean', default: true } },
  actions: {},
  storage: {},
  resources: {},
} as const satisfies CharmMetadata;

/** A gateway that says what its option says. */
class GatewayCharm extends CharmBase<typeof metadata> {
  readonly #clients = new VpnGatewayProvider(this, 'vpn-gateway');

  constructor(framework: Framework) {
    super(framework, metadata);
    framework.reconcile(this.reconcile);
  }

  reconcile = async (): Promise<void> => {
    const { connected } = this.config;
    await this.#clients.publish(
      gatewayData({ vpn_connected: connected, external_ip: connected ? '185.213.154.66' : null }),
    );
  };
}

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.start();
});
afterAll(() => cluster.close());

test('the charm of the README runs in a sandbox: closed, protected, lost, free again', async () => {
  const sandbox = await Sandbox.create({ cluster });
  try {
    await sandbox.deploy(GatewayCharm, 'gluetun', { trust: true });
    await sandbox.deploy(ClientCharm, 'client', { trust: true });
    await sandbox.settle();
    expect(sandbox.status('client/0')).toMatchObject({ name: 'blocked' });
    sandbox.integrate('gluetun', 'client');
    await sandbox.settle();
    expect(sandbox.status('client/0').message).toMatch(/^VPN: verifying the path \(2 of 3\)/);
    sandbox.pod('client/0').force('protected');
    await sandbox.settle();
    expect(sandbox.status('client/0')).toMatchObject({ name: 'active', message: 'VPN on (185.213.154.66)' });
    sandbox.configure('gluetun', { connected: false });
    await sandbox.settle();
    expect(sandbox.status('client/0').message).toBe('VPN lost: traffic is blocked');
    sandbox.pod('client/0').force('eth0-default-returned');
    await sandbox.settle();
    expect(sandbox.status('client/0').message).toMatch(/workload stopped/);
    expect(sandbox.failures).toEqual([]);
  } finally {
    await sandbox.close();
  }
});
