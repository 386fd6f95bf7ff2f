import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '@charm-ts/ops';
import type { KubeApi, KubeObject } from '@charm-ts/ops';
import { KubernetesApi } from '../../../lib/testing/src/kubernetes/index.js';
import type { Json, JsonObject, ObjectKey } from '../../../lib/testing/src/kubernetes/index.js';
import { jujuStatefulSet } from './juju-stateful-set.js';
import { httpsSender } from '../../../lib/ops/src/kubernetes/https-request.js';
import { HttpsKubeApi } from '../../../lib/ops/src/kubernetes/https-kube-api.js';

const fieldManager = 'gluetun-k8s';
const ref = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'gluetun' } as const;
const sidecar = { name: 'gateway-sidecar', image: 'pod-gateway:1' };
const init = { name: 'gateway-init', image: 'pod-gateway:1' };
const volume = { name: 'gateway-config', configMap: { name: 'settings' } };
const ours = { initContainers: [init], containers: [sidecar], volumes: [volume] };
const templateOf = (spec: JsonObject) => ({ spec: { template: { spec } } });
const intent = (spec?: JsonObject): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'gluetun' },
  ...(spec === undefined ? {} : templateOf(spec)),
});

interface PodTemplate {
  readonly spec: {
    readonly template: {
      readonly spec: Readonly<
        Record<'containers' | 'initContainers' | 'volumes', readonly { readonly name: string }[]>
      >;
    };
  };
}
/** Names in the order of the lists: init containers, containers, volumes. */
const order = (object: KubeObject | JsonObject) => {
  const { spec } = (object as unknown as PodTemplate).spec.template;
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).join(' ');
  return [names(spec.initContainers), names(spec.containers), names(spec.volumes)];
};

const appended = ['charm-init gateway-init', 'charm gluetun gateway-sidecar', 'charm-data gateway-config'];
const prepended = ['gateway-init charm-init', 'gateway-sidecar charm gluetun', 'gateway-config charm-data'];
const untouched = ['charm-init', 'charm gluetun', 'charm-data'];

describe('merge rules measured on a real API server, through the adapter', () => {
  let api: KubernetesApi;
  let kube: KubeApi;
  let key: ObjectKey;
  const jujuObject = jujuStatefulSet() as unknown as JsonObject;

  beforeEach(async () => {
    api = await KubernetesApi.start();
    const Authorization = `Bearer ${api.createServiceAccountToken('media', 'gluetun')}`;
    api.setTrust('media', 'gluetun', true);
    const credentials = { ca: api.caCertificate, headers: { Authorization } };
    const send = httpsSender(new URL(`https://127.0.0.1:${api.port}`), () => Promise.resolve(credentials), 5_000);
    kube = new HttpsKubeApi({ namespace: 'media', send, clock: systemClock });
    key = api.key('apps/v1', 'StatefulSet', 'gluetun', 'media');
    api.objects.create(key, jujuObject, { manager: 'juju' });
  });
  afterEach(async () => {
    await api.close();
  });

  const apply = (spec?: JsonObject, manager = fieldManager) => kube.apply(intent(spec), { fieldManager: manager });
  const strategic = (spec: JsonObject) =>
    kube.patch(ref, templateOf(spec), { type: 'strategic', fieldManager: 'patcher' });
  const live = () => api.store.get(key) ?? {};
  const jujuReapply = (template: Json | undefined = (jujuObject.spec as JsonObject).template) => {
    const spec = { ...(live().spec as JsonObject), template };
    return api.objects.patch(key, 'strategic', { ...live(), spec }, { manager: 'juju' });
  };

  test('an apply appends, and an empty intent gives the template back', async () => {
    const before = live();
    expect(order(await apply(ours))).toEqual(appended);
    const after = await apply();
    expect(after.spec).toEqual(before.spec);
    expect(after.metadata.managedFields).toEqual((before.metadata as JsonObject).managedFields);
  });

  test.each([
    { named: ['gateway-sidecar', 'gluetun'], containers: 'charm gateway-sidecar gluetun' },
    { named: ['charm', 'gateway-sidecar'], containers: 'charm gluetun gateway-sidecar' },
    { named: ['gateway-sidecar', 'charm'], containers: 'gateway-sidecar charm gluetun' },
  ])('the order $named of an intent gives $containers', async ({ named, containers }) => {
    const list = named.map((name) => (name === 'gateway-sidecar' ? sidecar : { name }));
    expect(order(await apply({ containers: list }))[1]).toBe(containers);
  });

  test("an intent that names Juju's item behind an own one that it preceded moves Juju's item: never do that", async () => {
    await apply({ containers: [sidecar] });
    expect(order(await apply({ containers: [sidecar, { name: 'charm' }] }))[1]).toBe('gluetun gateway-sidecar charm');
  });

  test('a strategic merge patch puts new items first, and an apply does not repair that', async () => {
    expect(order(await strategic(ours))).toEqual(prepended);
    expect(order(await apply(ours))).toEqual(prepended);
    expect(order(jujuReapply().object)).toEqual(prepended);
  });

  test.each([
    { named: ['charm', 'gluetun', 'gateway-sidecar'], containers: 'charm gluetun gateway-sidecar' },
    { named: ['gateway-sidecar'], containers: 'gateway-sidecar charm gluetun' },
    { named: ['charm', 'nosuch', 'gateway-sidecar'], containers: 'charm gateway-sidecar gluetun' },
  ])('$$setElementOrder $named gives $containers', async ({ named, containers }) => {
    const elementOrder = { '$setElementOrder/containers': named.map((name) => ({ name })) };
    expect(order(await strategic({ ...elementOrder, containers: [sidecar] }))[1]).toBe(containers);
  });

  test('an order alone repairs', async () => {
    await strategic(ours);
    const named = (...names: string[]) => names.map((name) => ({ name }));
    const repaired = await strategic({
      '$setElementOrder/containers': named('charm', 'gluetun', 'gateway-sidecar'),
      '$setElementOrder/initContainers': named('charm-init', 'gateway-init'),
    });
    expect(order(repaired).slice(0, 2)).toEqual(appended.slice(0, 2));
  });

  test('$patch: delete removes, twice the same; an empty list removes nothing', async () => {
    await strategic(ours);
    const gone = (name: string) => [{ name, $patch: 'delete' }];
    const removal = {
      containers: gone('gateway-sidecar'),
      initContainers: gone('gateway-init'),
      volumes: gone('gateway-config'),
    };
    const first = await strategic(removal);
    expect(order(first)).toEqual(untouched);
    await expect(strategic(removal)).resolves.toEqual(first);
    expect(order(await strategic({ containers: [] }))).toEqual(untouched);
  });

  test.each<{ containers: Json }>([{ containers: [] }, { containers: null }])(
    '$containers as containers removes only our own',
    async ({ containers }) => {
      await apply(ours);
      const result = await apply({ containers, initContainers: [init], volumes: [volume] });
      expect(order(result)[1]).toBe('charm gluetun');
    },
  );

  test('an item of two appliers stays until the last one drops it', async () => {
    await apply(ours);
    await apply(ours, 'second');
    expect(order(await apply())).toEqual(appended);
    expect(order(await apply(undefined, 'second'))).toEqual(untouched);
  });

  test("Juju's re-apply keeps what is ours, also next to a new container of its own", async () => {
    await apply(ours);
    expect(jujuReapply().changed).toBe(false);
    const { template } = (jujuStatefulSet() as unknown as { spec: { template: { spec: { containers: Json[] } } } })
      .spec;
    template.spec.containers.splice(1, 0, { name: 'aaa', image: 'aaa:1' });
    expect(order(jujuReapply(template as unknown as Json).object)[1]).toBe('charm aaa gluetun gateway-sidecar');
  });

  test('ports that Juju writes onto our container do not keep it', async () => {
    await apply(ours);
    const ports = [{ containerPort: 8080 }];
    const opened = ['gluetun', 'gateway-sidecar'].map((name) => ({ name, ports }));
    api.objects.patch(key, 'strategic', templateOf({ containers: opened }), { manager: 'juju' });
    expect(order(await apply())).toEqual(untouched);
  });

  test('a replacement without a version drops what is ours', async () => {
    await apply(ours);
    expect(order(api.objects.replace(key, jujuObject, { manager: 'juju' }).object)).toEqual(untouched);
    const managers = ((live().metadata as JsonObject).managedFields as readonly JsonObject[]).map((one) => one.manager);
    expect(managers).toEqual(['juju']);
  });

  test('what an earlier patch of the same name owns is not taken back by an apply', async () => {
    await kube.patch(ref, templateOf(ours), { type: 'strategic', fieldManager });
    await apply(ours);
    expect(order(await apply())).toEqual(prepended);
  });

  test('the generation counts changes of the spec only', async () => {
    const first = await apply(ours);
    expect(first.metadata.generation).toBe(2);
    const labelled = await kube.patch(ref, { metadata: { labels: { a: 'b' } } }, { type: 'merge', fieldManager: 'x' });
    expect(labelled.metadata.generation).toBe(2);
    expect(labelled.metadata.resourceVersion).not.toBe(first.metadata.resourceVersion);
  });

  test('defaults belong to Juju, so they conflict, too', async () => {
    await expect(apply({ dnsPolicy: 'None' })).rejects.toMatchObject({
      code: 'kubernetes-field-conflict',
      conflicts: [{ manager: 'juju', field: '.spec.template.spec.dnsPolicy' }],
    });
    await expect(apply({ dnsPolicy: 'ClusterFirst' })).resolves.toMatchObject({ metadata: { generation: 1 } });
  });
});
