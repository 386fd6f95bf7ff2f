import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubeObject, PatchType } from '@charm-ts/ops';
import { connectInCluster } from '@charm-ts/ops/kubernetes';
import { KubernetesApi } from '../../../lib/testing/src/kubernetes/index.js';
import type { JsonObject } from '../../../lib/testing/src/kubernetes/index.js';
import { configMap, failure, fieldManager, settings } from './adapter-calls.js';
import { jujuStatefulSet } from './juju-stateful-set.js';
import { startPod } from './pod-of-an-application.js';
import type { PodOfAnApplication } from './pod-of-an-application.js';

const statefulSet = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'gluetun' } as const;
const intent = (spec: JsonObject): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'gluetun' },
  spec: { template: { spec } },
});

describe('the Kubernetes adapter over TLS', () => {
  let api: KubernetesApi;
  let pod: PodOfAnApplication;

  // Unbundled, client-node is hundreds of modules; the first import may take long on a busy machine.
  beforeAll(() => import('@kubernetes/client-node'), 60_000);
  beforeEach(async () => {
    api = await KubernetesApi.start();
    pod = await startPod(api);
  });
  afterEach(async () => {
    await api.close();
    await pod.remove();
  });

  const deploy = (): void => {
    const key = api.key('apps/v1', 'StatefulSet', 'gluetun', 'media');
    api.objects.create(key, jujuStatefulSet() as unknown as JsonObject, { manager: 'juju' });
  };

  test('takes the namespace of the service account', () => {
    expect(pod.kube.namespace).toBe('media');
  });

  test('gives undefined for what is not there', async () => {
    await expect(pod.kube.get(configMap)).resolves.toBeUndefined();
  });

  test('applies, reads, lists and deletes', async () => {
    await pod.kube.apply(settings({ MTU: '1320' }), { fieldManager });
    await expect(pod.kube.get(configMap)).resolves.toMatchObject({ data: { MTU: '1320' } });
    const listed = await pod.kube.list({ apiVersion: 'v1', kind: 'ConfigMap', labelSelector: 'app=gluetun' });
    expect(listed).toMatchObject([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } }]);
    await expect(
      pod.kube.list({ apiVersion: 'v1', kind: 'ConfigMap', labelSelector: 'app!=gluetun' }),
    ).resolves.toEqual([]);
    await expect(pod.kube.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'all' })).resolves.toHaveLength(1);
    await expect(pod.kube.delete(configMap)).resolves.toBe(true);
    await expect(pod.kube.delete(configMap)).resolves.toBe(false);
  });

  test('keeps fields that no model of client-node knows', async () => {
    const policy = { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'lock' } };
    await pod.kube.apply({ ...policy, spec: { notYetInvented: { a: 1 } } }, { fieldManager });
    const stored = await pod.kube.get({ ...policy, name: 'lock' });
    expect(stored?.spec).toEqual({ notYetInvented: { a: 1 } });
  });

  test.each<{ type: PatchType; body: unknown }>([
    { type: 'strategic', body: { data: { extra: 'yes' } } },
    { type: 'merge', body: { data: { extra: 'yes' } } },
    { type: 'json', body: [{ op: 'add', path: '/data/extra', value: 'yes' }] },
  ])('sends a $type patch under its own content type', async ({ type, body }) => {
    await pod.kube.apply(settings({ MTU: '1320' }), { fieldManager });
    const patched = await pod.kube.patch(configMap, body, { type, fieldManager: 'other' });
    expect(patched.data).toEqual({ MTU: '1320', extra: 'yes' });
  });

  test('reaches objects of other namespaces and of the cluster', async () => {
    api.objects.create(api.key('v1', 'Node', 'node-1'), { metadata: { name: 'node-1' } }, { manager: 'kubelet' });
    const dns = api.key('v1', 'Service', 'kube-dns', 'kube-system');
    api.objects.create(dns, { metadata: { name: 'kube-dns' }, spec: { ports: [{ port: 53 }] } }, { manager: 'x' });
    await expect(pod.kube.list({ apiVersion: 'v1', kind: 'Node' })).resolves.toHaveLength(1);
    const service = await pod.kube.get({
      apiVersion: 'v1',
      kind: 'Service',
      name: 'kube-dns',
      namespace: 'kube-system',
    });
    expect(service?.spec).toMatchObject({ ports: [{ port: 53, protocol: 'TCP', targetPort: 53 }] });
  });

  test('a second apply leaves version, generation and managed fields alone', async () => {
    deploy();
    const wanted = intent({ containers: [{ name: 'gateway-sidecar', image: 'pod-gateway:1' }] });
    const first = await pod.kube.apply(wanted, { fieldManager });
    await expect(pod.kube.apply(wanted, { fieldManager })).resolves.toEqual(first);
  });

  test('tells a field that Juju owns from a stale object', async () => {
    deploy();
    const stolen = await failure(
      pod.kube.apply(intent({ containers: [{ name: 'gluetun', image: 'mine:1' }] }), { fieldManager }),
    );
    expect(stolen).toMatchObject({
      code: 'kubernetes-field-conflict',
      status: 409,
      conflicts: [{ manager: 'juju', field: '.spec.template.spec.containers[name="gluetun"].image' }],
    });
    expect(pod.clock.slept).toEqual([]);
    const stale = { metadata: { resourceVersion: '1', labels: { a: 'b' } } };
    const conflict = await failure(pod.kube.patch(statefulSet, stale, { type: 'merge', fieldManager }));
    expect(conflict).toMatchObject({ code: 'kubernetes-conflict', status: 409, conflicts: [] });
  });

  test('says that a StatefulSet is not there, for an apply (422) and for a patch (404)', async () => {
    const wanted = intent({ containers: [{ name: 'gateway-sidecar', image: 'pod-gateway:1' }] });
    const applied = await failure(pod.kube.apply(wanted, { fieldManager }));
    expect(applied).toMatchObject({ code: 'kubernetes-not-found', status: 422 });
    expect(applied.message).toContain('apply StatefulSet media/gluetun');
    const patched = await failure(pod.kube.patch(statefulSet, {}, { type: 'merge', fieldManager }));
    expect(patched).toMatchObject({ code: 'kubernetes-not-found', status: 404 });
  });

  test('calls a misspelt field invalid at once, although the answer is 500', async () => {
    deploy();
    const error = await failure(pod.kube.apply(intent({ contaners: [] }), { fieldManager }));
    expect(error).toMatchObject({ code: 'kubernetes-invalid', status: 500 });
    expect(error.message).toContain('.spec.template.spec.contaners: field not declared in schema');
    expect(pod.clock.slept).toEqual([]);
  });

  test('refuses unknown fields of a patch', async () => {
    deploy();
    const patch = { spec: { template: { spec: { contaners: [] } } } };
    const error = await failure(pod.kube.patch(statefulSet, patch, { type: 'strategic', fieldManager }));
    expect(error.code).toBe('kubernetes-invalid');
  });

  test('a mount without its volume is invalid', async () => {
    deploy();
    const sidecar = { name: 's', image: 'i:1', volumeMounts: [{ name: 'gone', mountPath: '/vpn' }] };
    const error = await failure(pod.kube.apply(intent({ containers: [sidecar] }), { fieldManager }));
    expect(error).toMatchObject({ code: 'kubernetes-invalid', status: 422 });
  });

  test('an application that is not trusted, or no more, is forbidden', async () => {
    api.setTrust('media', 'gluetun', false);
    const error = await failure(pod.kube.get(statefulSet));
    expect(error).toMatchObject({ code: 'kubernetes-forbidden', status: 403, reason: 'Forbidden' });
    api.setTrust('media', 'gluetun', true);
    await expect(pod.kube.get(statefulSet)).resolves.toBeUndefined();
  });

  test('a token that nobody knows is unauthorized', async () => {
    await writeFile(join(pod.root, 'var/run/secrets/kubernetes.io/serviceaccount/token'), 'forged');
    const environment = { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(api.port) };
    const kube = await connectInCluster({ environment, root: pod.root });
    await expect(failure(kube.get(configMap))).resolves.toMatchObject({ code: 'kubernetes-unauthorized', status: 401 });
  });

  test('refuses a server whose certificate the mounted authority did not sign, without trying again', async () => {
    const authority = join(pod.root, 'var/run/secrets/kubernetes.io/serviceaccount/ca.crt');
    const { generate } = await import('selfsigned');
    await writeFile(authority, (await generate([], { keyType: 'ec', algorithm: 'sha256' })).cert);
    const environment = { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(api.port) };
    const kube = await connectInCluster({ environment, root: pod.root, clock: pod.clock });
    const error = await failure(kube.get(configMap));
    expect(error.code).toBe('kubernetes-unavailable');
    expect(error.message).toContain('certificate is not trusted');
    expect(pod.clock.slept).toEqual([]);
  });

  test('outside a pod it says so', async () => {
    await expect(failure(connectInCluster({ environment: {}, root: pod.root }))).resolves.toMatchObject({
      code: 'kubernetes-failed',
    });
    const environment = { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: '1' };
    const error = await failure(connectInCluster({ environment, root: '/nowhere' }));
    expect(error.message).toContain('no service account is mounted');
  });

  test('names a kind that it does not know', async () => {
    const error = await failure(pod.kube.get({ apiVersion: 'v2', kind: 'Unheard', name: 'x' }));
    expect(error.message).toContain('does not know the kind Unheard of v2');
  });

  test('the journal has who wrote what, and whether it changed anything', async () => {
    await pod.kube.apply(settings({ a: 'b' }), { fieldManager });
    await pod.kube.apply(settings({ a: 'b' }), { fieldManager });
    await pod.kube.delete(configMap);
    expect(api.journal).toMatchObject([
      { actor: 'gluetun/0', kind: 'kubernetes-apply', fieldManager, changed: true },
      { actor: 'gluetun/0', kind: 'kubernetes-apply', fieldManager, changed: false },
      {
        actor: 'gluetun/0',
        kind: 'kubernetes-delete',
        object: { kind: 'ConfigMap', namespace: 'media', name: 'settings' },
      },
    ]);
  });
});
