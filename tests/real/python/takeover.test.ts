import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { client, Deployment, gateway } from '../../integration/deployment.js';
import { endState } from '../../integration/end-state.js';
import { clusterForSuite, expectedEndState } from '../../integration/suite.js';
import { applyAsPredecessor, exporterAndPrivileges, markedObjects } from './predecessor.js';
import { PythonPeer, releases } from './python-peer.js';
import { configMapOf, templateIn } from './stored-objects.js';
import { longPatience } from './waiting.js';

const here = clusterForSuite();
const namespace = 'media';

const ciliumDefinition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'ciliumnetworkpolicies.cilium.io' },
  spec: {
    group: 'cilium.io',
    names: { kind: 'CiliumNetworkPolicy', plural: 'ciliumnetworkpolicies' },
    scope: 'Namespaced',
    versions: [{ name: 'v2', served: true, storage: true }],
  },
};

/** How often an object was written does not matter. */
const withoutGenerations = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, field: unknown) => (key === 'generation' ? undefined : field)));

describe.each(releases)('after a charm with charmarr-lib-vpn %s', (release) => {
  let python: PythonPeer;
  let deployment: Deployment;

  beforeEach(async () => {
    python = PythonPeer.start(release);
    deployment = await Deployment.empty(here.cluster);
    deployment.addSecret();
    await deployment.deployGluetun();
    await deployment.deploySabnzbd();
    await deployment.settle();
  }, longPatience);
  afterEach(async () => {
    await python.close();
    const { failures } = deployment.sandbox;
    await deployment.close();
    expect(failures).toEqual([]);
  });

  const other = (app: string, role: 'gateway' | 'client') =>
    applyAsPredecessor({ python, cluster: here.cluster, release, namespace, app, role });
  const marked = (): readonly string[] => markedObjects(here.cluster, namespace);

  test(
    'its objects are found and replaced: the end is that of a new deployment, nothing of the other is left',
    async () => {
      exporterAndPrivileges(here.cluster, namespace);
      await other('gluetun', 'gateway');
      await other('sabnzbd', 'client');
      expect(marked()).toEqual([
        'ConfigMap gluetun-gateway-settings',
        'ConfigMap sabnzbd-gateway-client-config',
        'StatefulSet gluetun',
        'StatefulSet sabnzbd',
        'NetworkPolicy sabnzbd-vpn-killswitch',
      ]);
      deployment.grantSecret();
      deployment.setOptions();
      deployment.integrate();
      await deployment.settle();
      await deployment.updateStatus();
      expect(deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 1 client');
      expect(deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
      const order = templateIn(here.cluster, 'sabnzbd').containers.map(({ name }) => name);
      expect(order).toEqual(['charm', 'sabnzbd', 'vpn-route-sidecar']);
      expect(marked()).toEqual([]);
      const end = withoutGenerations(endState(deployment));
      deployment.sandbox.configure('gluetun', { 'vxlan-port': 5790 });
      await deployment.settle();
      expect(deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
      expect(end).toEqual(withoutGenerations(await expectedEndState(here.cluster)));
    },
    longPatience,
  );

  test(
    'on Cilium its second policy is replaced too',
    async () => {
      here.cluster.put(ciliumDefinition);
      await other('sabnzbd', 'client');
      expect(marked().includes('CiliumNetworkPolicy sabnzbd-vpn-killswitch-cilium')).toBe(release !== '0.5.0');
      deployment.grantSecret();
      deployment.setOptions();
      deployment.integrate();
      await deployment.settle();
      expect(deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
      expect(marked()).toEqual([]);
      deployment.sandbox.removeRelation('gluetun', 'sabnzbd');
      await deployment.settle();
      expect(deployment.ours.filter((object) => object.includes('sabnzbd'))).toEqual([]);
    },
    longPatience,
  );

  test(
    'without a relation the rest of a client is removed, the policy too',
    async () => {
      await other('sabnzbd', 'client');
      deployment.sandbox.deletePod(client);
      await deployment.settle();
      expect(templateIn(here.cluster, 'sabnzbd').containers.map(({ name }) => name)).toEqual(['charm', 'sabnzbd']);
      expect(configMapOf(here.cluster, 'sabnzbd-gateway-client-config')).toEqual({});
      expect(marked()).toEqual([]);
    },
    longPatience,
  );
});
