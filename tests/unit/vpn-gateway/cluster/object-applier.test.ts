import { describe, expect, test } from '@jest/globals';
import { KubeApiError, type KubeApiErrorCode, type KubeObject } from '@charm-ts/ops';
import {
  type ApplyOutcome,
  clientProtection,
  clientRemoval,
  gatewayProtection,
  ObjectApplier,
  parsePrefix,
  type Protection,
  statusOfKubeError,
  unknownCluster,
} from '@charm-ts/vpn-gateway';
import { FakeUnit } from '../fakes/fake-charm.js';
import { jujuStatefulSet } from '../fakes/fake-kube.js';
import { gatewayData } from '../fakes/gateway-data.js';

const protection = (): Protection =>
  clientProtection({
    app: 'sabnzbd',
    namespace: 'media',
    gateway: gatewayData(),
    cluster: unknownCluster,
    webPorts: [],
  });

const apply = async (unit: FakeUnit, look = true, objects = protection()) => {
  const { result, status } = await unit.hook({ kind: 'config-changed' }, (charm) =>
    new ObjectApplier(charm, { fieldManager: 'sabnzbd-vpn' }).reconcile(objects, { look }),
  );
  return { outcome: result, status };
};

const names = (object: KubeObject | undefined, list: string): unknown[] => {
  const spec = (object?.['spec'] as { template: { spec: Record<string, { name: string }[]> } }).template.spec;
  return spec[list]?.map(({ name }) => name) ?? [];
};

describe('applying', () => {
  test('our items come after Juju’s, charm stays first', async () => {
    const unit = new FakeUnit();
    await apply(unit);
    const live = unit.kube.object('StatefulSet', 'sabnzbd');
    expect(names(live, 'containers')).toEqual(['charm', 'sabnzbd', 'vpn-route-sidecar']);
    expect(names(live, 'initContainers')).toEqual(['charm-init', 'vpn-route-init']);
    expect(names(live, 'volumes')).toEqual(['charm-data', 'pod-gateway-config', 'vpn-state']);
  });

  test('a gateway’s sidecar comes after Gluetun, which gets its capability', async () => {
    const unit = new FakeUnit();
    unit.kube.put(jujuStatefulSet('sabnzbd', 'gluetun'));
    const clusterCidrs = [parsePrefix('10.1.0.0/16')].flatMap((prefix) => prefix ?? []);
    const objects = gatewayProtection({
      app: 'sabnzbd',
      namespace: 'media',
      workload: 'gluetun',
      overlay: { id: 42, port: 4790, network: '172.16.0' },
      tunnel: 'tun0',
      clusterCidrs,
      cluster: unknownCluster,
    });
    await apply(unit, true, objects);
    expect(names(unit.kube.object('StatefulSet', 'sabnzbd'), 'containers')).toEqual([
      'charm',
      'gluetun',
      'gateway-sidecar',
    ]);
    expect(JSON.stringify(unit.kube.object('StatefulSet', 'sabnzbd'))).toContain(
      '"runAsUser":0,"runAsGroup":0,"capabilities":{"add":["NET_ADMIN","NET_RAW"]}',
    );
  });

  test('C7: the second time writes nothing, the third does not even ask', async () => {
    const unit = new FakeUnit();
    expect((await apply(unit)).outcome).toEqual({ kind: 'restarting' });
    unit.kube.replacePod('sabnzbd');
    unit.kube.writes.length = 0;
    expect((await apply(unit)).outcome).toEqual({ kind: 'live' });
    unit.kube.reads = 0;
    expect((await apply(unit, false)).outcome).toEqual({ kind: 'unchanged' });
    expect(unit.kube.reads).toBe(0);
    expect(unit.kube.writes).toEqual([]);
  });

  test('the host’s network is refused', async () => {
    const unit = new FakeUnit();
    const base = jujuStatefulSet('sabnzbd', 'sabnzbd');
    const spec = base['spec'] as { template: { spec: object } };
    unit.kube.put({
      ...base,
      spec: { ...spec, template: { ...spec.template, spec: { ...spec.template.spec, hostNetwork: true } } },
    });
    const { outcome } = await apply(unit);
    expect(outcome).toMatchObject({
      kind: 'refused',
      status: { name: 'blocked', message: expect.stringContaining('remove hostNetwork') },
    });
    expect(unit.kube.writes).toEqual([]);
  });

  const message = (outcome: ApplyOutcome) =>
    outcome.kind === 'refused' ? `${outcome.status.name} ${outcome.status.message}` : outcome.kind;

  test.each<[KubeApiErrorCode, string]>([
    ['kubernetes-forbidden', 'blocked run: juju trust sabnzbd --scope=cluster'],
    ['kubernetes-field-conflict', 'blocked Kubernetes: kubectl-edit owns .spec.template; give it back'],
    ['kubernetes-unavailable', 'waiting Kubernetes does not answer, will try again'],
    ['kubernetes-conflict', 'waiting Kubernetes does not answer, will try again'],
    ['kubernetes-unauthorized', 'waiting Kubernetes does not answer, will try again'],
    ['kubernetes-not-found', 'waiting Kubernetes does not answer, will try again'],
    ['kubernetes-invalid', 'blocked Kubernetes refuses the VPN objects: cannot apply NetworkPolicy'],
    ['kubernetes-failed', 'blocked Kubernetes refuses the VPN objects: cannot apply NetworkPolicy'],
  ])('C23: %s is a status', async (code, expected) => {
    const unit = new FakeUnit();
    unit.kube.failures.set('apply NetworkPolicy', code);
    expect(message((await apply(unit)).outcome)).toBe(expected);
    expect(unit.kube.writes).toEqual([]);
  });

  test('a refusal of the last step is a status too', async () => {
    const unit = new FakeUnit();
    unit.kube.failures.set('apply StatefulSet', 'kubernetes-field-conflict');
    const { status } = await apply(unit);
    expect(status).toMatchObject({
      name: 'blocked',
      message: 'Kubernetes: kubectl-edit owns .spec.template; give it back',
    });
    expect((await apply(unit, false)).outcome).toEqual({ kind: 'restarting' });
  });

  test('an error that is not the API server’s is not hidden', () => {
    expect(() => statusOfKubeError(new TypeError('x'), 'sabnzbd')).toThrow(TypeError);
    expect(statusOfKubeError(new KubeApiError('kubernetes-forbidden', 'no'), 'a').message).toBe(
      'run: juju trust a --scope=cluster',
    );
  });

  test('replaces what the Python library patched into the pod, and its policy in place', async () => {
    const unit = new FakeUnit();
    const base = jujuStatefulSet('sabnzbd', 'sabnzbd');
    const template = (
      base['spec'] as {
        template: { metadata: object; spec: { containers: object[]; initContainers: object[]; volumes: object[] } };
      }
    ).template;
    unit.kube.put({
      ...base,
      spec: {
        template: {
          metadata: { annotations: { 'charmarr.io/gateway-client-config-hash': '0a1b2c3d' } },
          spec: {
            ...template.spec,
            initContainers: [
              ...template.spec.initContainers,
              { name: 'vpn-route-init', command: ['/bin/client_init.sh'] },
            ],
            containers: [
              ...template.spec.containers,
              { name: 'vpn-route-sidecar', command: ['/bin/client_sidecar.sh'] },
            ],
            volumes: [...template.spec.volumes, { name: 'pod-gateway-config', configMap: { name: 'x' } }],
          },
        },
      },
    });
    const [policy] = protection().policies;
    unit.kube.put({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: policy?.metadata.name ?? '', managedFields: [{ manager: 'charmarr-lib', operation: 'Apply' }] },
      spec: { egress: [] },
    });
    await apply(unit);
    // As the other manager with our rules, as ours, as the other manager with nothing.
    expect(unit.kube.writes.slice(0, 4)).toEqual([
      ...Array.from({ length: 3 }, () => 'apply NetworkPolicy sabnzbd-vpn-killswitch'),
      'apply ConfigMap sabnzbd-gateway-client-config',
    ]);
    expect(unit.kube.writes.at(-2)).toBe(
      'patch StatefulSet sabnzbd {"spec":{"template":{"metadata":{"annotations":{"charmarr.io/gateway-client-config-hash":null}},"spec":{' +
        '"initContainers":[{"$patch":"delete","name":"vpn-route-init"}],"containers":[{"$patch":"delete","name":"vpn-route-sidecar"}],' +
        '"volumes":[{"$patch":"delete","name":"pod-gateway-config"}]}}}}',
    );
    expect(unit.kube.writes.at(-1)).toBe('apply StatefulSet sabnzbd');
  });
});

describe('taking down', () => {
  const remove = async (unit: FakeUnit) =>
    (
      await unit.hook({ kind: 'config-changed' }, (charm) =>
        new ObjectApplier(charm, { fieldManager: 'sabnzbd-vpn' }).remove(clientRemoval('sabnzbd'), { write: true }),
      )
    ).result;

  test('gives the template back as it was, in two hooks, and is done when nothing is left', async () => {
    const unit = new FakeUnit();
    const before = unit.kube.object('StatefulSet', 'sabnzbd');
    await apply(unit);
    unit.kube.replacePod('sabnzbd');
    expect(await remove(unit)).toEqual({ kind: 'leaving' });
    expect(unit.kube.object('StatefulSet', 'sabnzbd')).toEqual(before);
    expect(await remove(unit)).toEqual({ kind: 'leaving' });
    unit.kube.replacePod('sabnzbd');
    expect(await remove(unit)).toEqual({ kind: 'gone' });
    unit.kube.writes.length = 0;
    expect(await remove(unit)).toEqual({ kind: 'gone' });
    expect(unit.kube.writes).toEqual([]);
  });
});
