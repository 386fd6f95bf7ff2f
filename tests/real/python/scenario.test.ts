import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Cluster, type ContainerState, Context, type Outcome, relation, state, type State } from '@charm-ts/testing';
import { SabnzbdCharm } from '../../../charms/sabnzbd-k8s/src/charm.js';
import { client, Deployment, gateway } from '../../integration/deployment.js';
import { clusterForSuite } from '../../integration/suite.js';
import { gatewayData } from '../../unit/vpn-gateway/fakes/gateway-data.js';
import { type Databag, PythonPeer, releases } from './python-peer.js';
import { RawRequirerCharm } from './raw-requirer.js';
import { longPatience } from './waiting.js';

const here = clusterForSuite();

type Containers = Readonly<Record<'sabnzbd', ContainerState>>;

/** The state with a new pod, made from the template as it is now. */
const replaced = ({ state: after, kubernetes }: Outcome<Containers>): State<Containers> => {
  const spec = kubernetes.get('StatefulSet', 'sabnzbd')?.['spec'] as { template: { metadata: object; spec: object } };
  const metadata = { ...spec.template.metadata, name: 'sabnzbd-0', namespace: 'media' };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: spec.template.spec };
  const others = after.kubernetes.objects.filter(({ kind }) => kind !== 'Pod');
  return { ...after, kubernetes: { objects: [...others, pod] }, containers: { sabnzbd: { canConnect: true } } };
};

/** The databag that our gateway's charm writes, hook by hook, to a client whose databag is the Python library's. */
describe.each(releases)('our charms and ops[testing] with charmarr-lib-vpn %s', (release) => {
  let python: PythonPeer;
  let deployment: Deployment;
  // A context empties its cluster.
  let clusterOfContext: Cluster;
  const published = (): Databag => ({ config: JSON.stringify(deployment.published()) });

  beforeAll(async () => {
    python = PythonPeer.start(release);
    clusterOfContext = await Cluster.start();
    deployment = await Deployment.empty(here.cluster);
    deployment.addSecret();
    await deployment.deployGluetun();
    deployment.grantSecret();
    deployment.setOptions();
    await deployment.sandbox.deploy(RawRequirerCharm, 'raw');
    deployment.sandbox.integrate('gluetun', 'raw');
    await deployment.settle();
  }, longPatience);
  afterAll(async () => {
    await python.close();
    await deployment.close();
    await clusterOfContext.close();
  });

  test(
    'its requirer follows our gateway through VPN up, down and up',
    async () => {
      const { databag } = await python.requirer({ remote: {}, event: 'relation-created' });
      deployment.sandbox.configure('raw', { config: databag['config'] ?? '' });
      await deployment.settle();
      expect(deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 1 client');
      expect(await python.requirer({ remote: published() })).toMatchObject({
        ready: true,
        status: 'active: ',
        gateway: { external_ip: '185.213.154.66', instance_name: 'gluetun', vxlan_id: 42 },
      });
      deployment.sandbox.vpn(gateway, 'down');
      await deployment.settle();
      expect(await python.requirer({ remote: published() })).toMatchObject({
        ready: false,
        status: 'waiting: not connected',
        gateway: { external_ip: null },
      });
      deployment.sandbox.vpn(gateway, 'up');
      await deployment.settle();
      expect(await python.requirer({ remote: published() })).toMatchObject({ ready: true });
    },
    longPatience,
  );

  test(
    'a gateway that is blocked says so in the databag, and its requirer is not ready',
    async () => {
      deployment.sandbox.configure('gluetun', { 'vpn-provider': 'nobody' });
      await deployment.settle();
      expect(deployment.status(gateway)).toMatch(/^blocked: /);
      expect(await python.requirer({ remote: published() })).toMatchObject({ ready: false, gateway: {} });
      deployment.setOptions();
      await deployment.settle();
    },
    longPatience,
  );

  /** One event of our client with what the Python provider wrote in the event before. */
  const clientWith = async (vpn_connected: boolean, pod: 'protected' | 'tunnel-down'): Promise<Outcome<Containers>> => {
    const { vxlan_port, ...older } = gatewayData({
      vpn_connected,
      external_ip: vpn_connected ? '185.213.154.66' : null,
    });
    const written = await python.provider({ fields: release === '0.5.0' ? older : { ...older, vxlan_port } });
    if ('refused' in written) throw new Error(written.refused.join());
    const vpn = relation('vpn-gateway', { remoteApp: 'gluetun', remoteAppData: { ...written.databags[0] } });
    const containers = { sabnzbd: { canConnect: true } };
    const context = new Context(SabnzbdCharm, { cluster: clusterOfContext });
    const closed = await context.run(
      (on) => on.relationChanged(vpn),
      state({ leader: true, relations: [vpn], containers }),
    );
    expect(closed.unitStatus).toEqual({ name: 'waiting', message: 'VPN: closing the pod (1 of 3)' });
    expect(closed.containers.sabnzbd.services).toEqual({});
    return context.run((on) => on.pebbleReady('sabnzbd'), { ...replaced(closed), pod });
  };

  test('our requirer closes its pod on the databag of its provider, and is on once verified', async () => {
    const out = await clientWith(true, 'protected');
    expect(out.unitStatus).toEqual({ name: 'active', message: 'VPN on (185.213.154.66)' });
    const [after] = out.relations;
    const counted = await python.provider({ fields: { ...gatewayData() }, remotes: [after?.localAppData ?? {}] });
    expect(counted).toMatchObject({ clients: [client.split('/')[0]] });
  });

  test('a tunnel that its provider calls down starts nothing', async () => {
    const out = await clientWith(false, 'tunnel-down');
    expect(out.unitStatus).toEqual({ name: 'waiting', message: 'VPN: waiting for the tunnel (3 of 3)' });
  });

  test('both providers give up a relation that breaks, and write nothing to it', async () => {
    const written = await python.provider({ fields: { ...gatewayData() }, event: 'relation-broken' });
    expect(written).toEqual({ databags: [{}], clients: [] });
    deployment.sandbox.removeRelation('gluetun', 'raw');
    await deployment.settle();
    expect(deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 0 clients');
  });
});
