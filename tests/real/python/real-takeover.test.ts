import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { client, Deployment, gateway } from '../../integration/deployment.js';
import { RealApiServer } from '../kube/api/real-api-server.js';
import { JujuApplication } from '../kube/juju/juju-application.js';
import { namesOf, templateOf } from '../kube/juju/pod-template.js';
import { RealCluster } from '../kube/juju/real-cluster.js';
import { applyAsPredecessor, exporterAndPrivileges, markedObjects } from './predecessor.js';
import { PythonPeer, type Release } from './python-peer.js';

const release: Release = '0.6.4';
const namespace = 'takeover';
const api = new RealApiServer();

describe('on a real API server, after charms with charmarr-lib-vpn', () => {
  let python: PythonPeer;
  let cluster: RealCluster;
  let deployment: Deployment;

  const templateOfApp = async (app: string) => templateOf(await new JujuApplication(api, namespace, app).read());
  const marked = (): readonly string[] => markedObjects(cluster.forSandbox(), namespace);

  beforeAll(async () => {
    python = PythonPeer.start(release);
    cluster = new RealCluster(api);
    deployment = await Deployment.empty(cluster.forSandbox(), { model: namespace });
    deployment.addSecret();
    await deployment.deployGluetun();
    await deployment.deploySabnzbd();
    await deployment.settle();
    exporterAndPrivileges(cluster.forSandbox(), namespace);
    const common = { python, cluster: cluster.forSandbox(), release, namespace };
    await applyAsPredecessor({ ...common, app: 'gluetun', role: 'gateway' });
    await applyAsPredecessor({ ...common, app: 'sabnzbd', role: 'client' });
  });
  afterAll(async () => {
    await python.close();
    await deployment.close();
    await cluster.close();
  });

  test('the library’s strategic merge patch has put its container before Juju’s', async () => {
    expect(marked()).toHaveLength(5);
    expect(namesOf((await templateOfApp('sabnzbd')).spec.containers)).toEqual([
      'vpn-route-sidecar',
      'charm',
      'sabnzbd',
    ]);
  });

  test('ours find and replace all of it, in the right order', async () => {
    deployment.grantSecret();
    deployment.setOptions();
    deployment.integrate();
    await deployment.settle();
    await deployment.updateStatus();
    expect(deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 1 client');
    expect(deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
    expect(namesOf((await templateOfApp('sabnzbd')).spec.containers)).toEqual([
      'charm',
      'sabnzbd',
      'vpn-route-sidecar',
    ]);
    expect(namesOf((await templateOfApp('gluetun')).spec.containers)).toEqual(['charm', 'gluetun', 'gateway-sidecar']);
    expect(marked()).toEqual([]);
    expect(JSON.stringify((await templateOfApp('gluetun')).spec.containers)).not.toContain('privileged');
  });

  test('nobody owns a field of ours afterwards: a changed setting is no conflict', async () => {
    deployment.sandbox.configure('gluetun', { 'vxlan-port': 5790 });
    await deployment.settle();
    expect(deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 1 client');
    expect(deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
  });

  test('a relation that goes gives the pod back to Juju', async () => {
    deployment.sandbox.removeRelation('gluetun', 'sabnzbd');
    await deployment.settle();
    expect(namesOf((await templateOfApp('sabnzbd')).spec.containers)).toEqual(['charm', 'sabnzbd']);
    expect(namesOf((await templateOfApp('sabnzbd')).spec.initContainers)).toEqual(['charm-init']);
    expect(deployment.sandbox.failures).toEqual([]);
  });
});
