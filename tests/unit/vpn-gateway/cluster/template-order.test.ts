import { expect, test } from '@jest/globals';
import { clientProtection, ObjectApplier } from '@charm-ts/vpn-gateway';
import { clusterFacts } from '../fakes/cluster-facts.js';
import { FakeUnit } from '../fakes/fake-charm.js';
import { jujuStatefulSet } from '../fakes/fake-kube.js';
import { gatewayData } from '../fakes/gateway-data.js';

interface Template {
  readonly template: { readonly spec: { readonly containers: readonly object[] } };
}

/** Applies to a StatefulSet of Juju's whose containers have been changed; gives the patches. */
const patches = async (change: (containers: readonly object[]) => readonly object[]): Promise<readonly string[]> => {
  const unit = new FakeUnit();
  const base = jujuStatefulSet('sabnzbd', 'sabnzbd');
  const { template } = base['spec'] as Template;
  const spec = { ...template.spec, containers: change(template.spec.containers) };
  unit.kube.put({ ...base, spec: { template: { ...template, spec } } });
  const protection = clientProtection({
    app: 'sabnzbd',
    namespace: 'media',
    gateway: gatewayData(),
    cluster: clusterFacts,
    webPorts: [],
  });
  await unit.hook({ kind: 'config-changed' }, (charm) =>
    new ObjectApplier(charm, { fieldManager: 'sabnzbd-vpn' }).reconcile(protection, { look: true }),
  );
  expect(unit.kube.writes.at(-1)).toBe('apply StatefulSet sabnzbd');
  return unit.kube.writes.filter((write) => write.startsWith('patch StatefulSet'));
};

test('an item that a strategic merge patch has put first is moved behind Juju’s before the apply', async () => {
  expect(await patches((containers) => [{ name: 'stray' }, ...containers])).toEqual([
    'patch StatefulSet sabnzbd {"spec":{"template":{"spec":{"$setElementOrder/containers":[{"name":"charm"},{"name":"stray"},{"name":"sabnzbd"}]}}}}',
  ]);
  expect(await patches((containers) => containers)).toEqual([]);
});

test('the exporter that the Python charm has left is removed, one that Juju knows of is not', async () => {
  const exporter = { name: 'gluetun-exporter' };
  const [patch] = await patches((containers) => [...containers, exporter]);
  expect(patch).toContain('"containers":[{"$patch":"delete","name":"gluetun-exporter"}]');
  const known = { env: [{ name: 'JUJU_CONTAINER_NAMES', value: 'gluetun-exporter,sabnzbd' }] };
  expect(await patches(([charm, ...others]) => [{ ...charm, ...known }, ...others, exporter])).toEqual([]);
});
