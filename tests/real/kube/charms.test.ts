import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Sandbox } from '@charm-ts/testing';
import { discoverCluster } from '@charm-ts/vpn-gateway';
import { SabnzbdCharm } from '../../../charms/sabnzbd-k8s/src/charm.js';
import { GluetunCharm } from '../../../src/charm.js';
import { AuditLog } from './api/audit-log.js';
import { contentTypes } from './api/api-request.js';
import { RealApiServer } from './api/real-api-server.js';
import { JujuApplication } from './juju/juju-application.js';
import { namesOf, templateOf } from './juju/pod-template.js';
import { PodRoot } from './juju/pod-root.js';
import { RealCluster } from './juju/real-cluster.js';

const namespace = 'charms';
const api = new RealApiServer();
const audit = new AuditLog(api);
const gluetun = new JujuApplication(api, namespace, 'gluetun');
const sabnzbd = new JujuApplication(api, namespace, 'sabnzbd');

function wireguardKey(): string {
  const { privateKey } = generateKeyPairSync('x25519');
  return privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32).toString('base64');
}

/** Hooks of both charms, dispatched in this process with the tokens of their service accounts. */
describe('the charms on a real API server', () => {
  let cluster: RealCluster;
  let sandbox: Sandbox;

  const settled = async (unit: string) => {
    await sandbox.settle();
    expect(sandbox.failures).toEqual([]);
    const { name, message } = sandbox.status(unit);
    return `${name}: ${message}`;
  };
  const writesOf = (app: string, work: () => Promise<unknown>) =>
    audit.writesOf(`system:serviceaccount:${namespace}:${app}`, work);
  const exists = async (collection: string, name: string) =>
    (await api.send({ verb: 'GET', path: gluetun.path(collection, name), user: 'juju' })).status === 200;

  beforeAll(async () => {
    cluster = new RealCluster(api);
    sandbox = await Sandbox.create({ model: namespace, cluster: cluster.forSandbox() });
  });
  afterAll(async () => {
    await sandbox.close();
    await cluster.close();
  });

  test('without trust the gateway says what to run', async () => {
    await sandbox.deploy(GluetunCharm, 'gluetun');
    expect(await settled('gluetun/0')).toMatch(/^blocked: .*run: juju trust gluetun --scope=cluster/);
  });

  test('with trust it says what to set, and comes up in one replaced pod', async () => {
    sandbox.trust('gluetun');
    expect(await settled('gluetun/0')).toMatch(/^blocked: set vpn-provider/);
    const uri = sandbox.addSecret('vpn-key', { 'private-key': wireguardKey() });
    sandbox.grantSecret('vpn-key', 'gluetun');
    const written = await writesOf('gluetun', async () => {
      sandbox.configure('gluetun', {
        'vpn-provider': 'mullvad',
        'wireguard-addresses': '10.64.12.7/32',
        'cluster-cidrs': '10.1.0.0/16,10.152.183.0/24',
        'wireguard-private-key-secret': uri,
      });
      expect(await settled('gluetun/0')).toMatch(/^active: VPN connected/);
    });
    const path = `/namespaces/${namespace}`;
    expect(written).toEqual([
      `patch /apis/networking.k8s.io/v1${path}/networkpolicies/gluetun-vpn-gateway`,
      `patch /api/v1${path}/configmaps/gluetun-gateway-settings`,
      `patch /apis/apps/v1${path}/statefulsets/gluetun`,
    ]);
    const { spec } = templateOf(await gluetun.read());
    expect(namesOf(spec.containers)).toEqual(['charm', 'gluetun', 'gateway-sidecar']);
    expect(namesOf(spec.initContainers)).toEqual(['charm-init', 'gateway-init']);
  });

  test('the cluster is discovered from real objects', async () => {
    const pod = new PodRoot(api, { namespace, token: await gluetun.token() });
    const facts = await discoverCluster({ api: await pod.connect(), apiAddresses: [], root: pod.path });
    pod.remove();
    expect(facts).toMatchObject({
      dnsAddress: '10.152.183.10',
      domain: 'cluster.local',
      nodes: ['192.168.7.9'],
      podCidrs: ['10.1.0.0/16'],
      serviceCidrs: ['10.152.183.0/24'],
      cilium: false,
      unreadable: [],
    });
    expect(facts.apiServers).toContainEqual({ address: '10.152.183.1', port: 443 });
    expect(facts.apiServers).toContainEqual({ address: '192.168.7.9', port: 16443 });
  });

  test('a client comes up behind it', async () => {
    await sandbox.deploy(SabnzbdCharm, 'sabnzbd', { trust: true });
    expect(await settled('sabnzbd/0')).toMatch(/^blocked: /);
    sandbox.integrate('gluetun', 'sabnzbd');
    expect(await settled('sabnzbd/0')).toMatch(/^active: VPN on/);
    expect(await settled('gluetun/0')).toMatch(/^active: VPN connected .*, 1 client$/);
    const { spec } = templateOf(await sabnzbd.read());
    expect(namesOf(spec.containers)).toEqual(['charm', 'sabnzbd', 'vpn-route-sidecar']);
  });

  test('a hook in which nothing has changed writes nothing', async () => {
    for (const app of ['gluetun', 'sabnzbd']) {
      const written = await writesOf(app, async () => {
        sandbox.updateStatus(`${app}/0`);
        await sandbox.settle();
      });
      expect(written).toEqual([]);
    }
  });

  test("Juju's refresh keeps the pod closed, and nothing is written for it", async () => {
    const image = { name: 'gluetun', image: 'registry.example/gluetun:2' };
    const args = ['init', '--charm-modified-version', '1'];
    const body = {
      metadata: { resourceVersion: (await gluetun.read()).metadata.resourceVersion },
      spec: { template: { spec: { containers: [image], initContainers: [{ name: 'charm-init', args }] } } },
    };
    const written = await writesOf('gluetun', async () => {
      const query = { fieldManager: 'juju' };
      const contentType = contentTypes.strategic;
      await api.expectSuccess({ verb: 'PATCH', path: gluetun.path(), query, contentType, body, user: 'juju' });
      expect(await settled('gluetun/0')).toMatch(/^active: VPN connected .*, 1 client$/);
    });
    expect(written).toEqual([]);
    expect(sandbox.pod('gluetun/0').template.containers).toContain('gateway-sidecar');
    expect(templateOf(await gluetun.read()).spec.containers[1]?.image).toBe(image.image);
  });

  test('a policy that somebody deletes is back after the next hook', async () => {
    const policy = sabnzbd.path('apis/networking.k8s.io/v1/networkpolicies', 'sabnzbd-vpn-killswitch');
    await api.expectSuccess({ verb: 'DELETE', path: policy, user: 'juju' });
    sandbox.updateStatus('sabnzbd/0');
    expect(await settled('sabnzbd/0')).toMatch(/^active: VPN on/);
    expect((await api.send({ verb: 'GET', path: policy, user: 'juju' })).status).toBe(200);
  });

  test("without the relation the client's pod is Juju's again, and nothing is left behind", async () => {
    sandbox.removeRelation('gluetun', 'sabnzbd');
    expect(await settled('sabnzbd/0')).toMatch(/^blocked: /);
    const { spec, metadata } = templateOf(await sabnzbd.read());
    expect(namesOf(spec.containers)).toEqual(['charm', 'sabnzbd']);
    expect(namesOf(spec.initContainers)).toEqual(['charm-init']);
    expect(namesOf(spec.volumes)).toEqual(['charm-data']);
    expect(Object.keys(metadata.annotations ?? {})).not.toContain('vpn-gateway/overlay-digest');
    expect(await exists('apis/networking.k8s.io/v1/networkpolicies', 'sabnzbd-vpn-killswitch')).toBe(false);
    expect(await exists('api/v1/configmaps', 'sabnzbd-gateway-client-config')).toBe(false);
  });
});
