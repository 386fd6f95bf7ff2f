import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type KubeApi, KubeApiError, type KubeApiErrorCode } from '@charm-ts/ops';
import { gatewayProtection, ObjectApplier } from '@charm-ts/vpn-gateway';
import { AuditLog } from './api/audit-log.js';
import { RealApiServer } from './api/real-api-server.js';
import { ApplierHooks } from './juju/applier-hook.js';
import { JujuApplication } from './juju/juju-application.js';
import { PodRoot } from './juju/pod-root.js';
import { gatewaySpec } from './juju/specs.js';

const namespace = 'adapter';
const api = new RealApiServer();
const juju = new JujuApplication(api, namespace, 'gluetun');
const statefulSet = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'gluetun' } as const;
const manager = { fieldManager: 'gluetun-k8s' };
const revision = { charmModifiedVersion: 0, agentVersion: '3.6.9', images: { gluetun: 'registry.example/gluetun:1' } };
const roots: PodRoot[] = [];

async function connect(token: string): Promise<KubeApi> {
  const root = new PodRoot(api, { namespace, token });
  roots.push(root);
  return root.connect();
}

async function failure(work: Promise<unknown>): Promise<KubeApiError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof KubeApiError)) throw new Error(`no KubeApiError but ${String(error)}`);
  return error;
}

const intentOf = (spec: object, name = 'gluetun') => ({
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name },
  spec: { template: { spec } },
});

describe('the adapter with the token of a trusted application', () => {
  let kube: KubeApi;

  beforeAll(async () => {
    await juju.createAccount({ trust: true });
    await juju.create(revision);
    kube = await connect(await juju.token());
  });
  afterAll(() => {
    for (const root of roots) root.remove();
  });

  test('takes namespace and object as they are', async () => {
    expect(kube.namespace).toBe(namespace);
    expect(await kube.get(statefulSet)).toEqual(await juju.read());
  });

  test('gives lists the kind of their items, by selector and across namespaces', async () => {
    const query = { apiVersion: 'apps/v1', kind: 'StatefulSet' } as const;
    const { kind, apiVersion } = query;
    const [item] = await kube.list({ ...query, labelSelector: 'app.kubernetes.io/name=gluetun' });
    expect(item).toMatchObject({ kind, apiVersion, metadata: { name: 'gluetun', namespace } });
    expect(await kube.list({ ...query, labelSelector: 'app.kubernetes.io/name=other' })).toEqual([]);
    const everywhere = await kube.list({ apiVersion: 'v1', kind: 'Service', namespace: 'all' });
    expect(everywhere.map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`)).toContain(
      'default/kubernetes',
    );
  });

  test('finds nothing of a kind that the cluster does not have', async () => {
    const kind = { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy' } as const;
    expect(await kube.list(kind)).toEqual([]);
    expect(await kube.get({ ...kind, name: 'x' })).toBeUndefined();
    expect(await kube.delete({ ...kind, name: 'x' })).toBe(false);
  });

  test('names who owns a field that it may not change', async () => {
    const error = await failure(
      kube.apply(intentOf({ dnsPolicy: 'None', containers: [{ name: 'gluetun', image: 'other:1' }] }), manager),
    );
    expect(error).toMatchObject({ code: 'kubernetes-field-conflict', status: 409, reason: 'Conflict' });
    expect(error.conflicts).toHaveLength(2);
    expect(error.conflicts).toContainEqual({
      manager: 'juju',
      field: '.spec.template.spec.containers[name="gluetun"].image',
    });
    expect(error.conflicts).toContainEqual({ manager: 'juju', field: '.spec.template.spec.dnsPolicy' });
  });

  test('tells a changed object from an owned field', async () => {
    const stale = (await juju.read()).metadata.resourceVersion;
    await juju.reapply({ ...revision, charmModifiedVersion: 1 });
    const body = { metadata: { resourceVersion: stale, annotations: { 'gluetun-k8s/note': 'x' } } };
    const error = await failure(kube.patch(statefulSet, body, { type: 'merge', fieldManager: 'gluetun-k8s-note' }));
    expect(error).toMatchObject({ code: 'kubernetes-conflict', status: 409, conflicts: [] });
  });

  const missing = { ...statefulSet, name: 'nosuch' };
  const refusals: readonly (readonly [string, KubeApiErrorCode, number, (kube: KubeApi) => Promise<unknown>])[] = [
    ['apply to a missing StatefulSet', 'kubernetes-not-found', 422, (k) => k.apply(intentOf({}, 'nosuch'), manager)],
    [
      'patch of a missing StatefulSet',
      'kubernetes-not-found',
      404,
      (k) => k.patch(missing, {}, { type: 'strategic', ...manager }),
    ],
    ['apply with a misspelt field', 'kubernetes-invalid', 500, (k) => k.apply(intentOf({ contaners: [] }), manager)],
    [
      'apply with a mount of no volume',
      'kubernetes-invalid',
      422,
      (k) =>
        k.apply(
          intentOf({ containers: [{ name: 'a', image: 'a', volumeMounts: [{ name: 'b', mountPath: '/b' }] }] }),
          manager,
        ),
    ],
    [
      'a JSON patch whose test fails',
      'kubernetes-invalid',
      422,
      (k) => k.patch(statefulSet, [{ op: 'test', path: '/kind', value: 'Pod' }], { type: 'json', ...manager }),
    ],
  ];
  test.each(refusals)('%s: %s', async (_name, code, status, work) => {
    expect(await failure(work(kube))).toMatchObject({ code, status });
  });

  test('finds no missing object and deletes none', async () => {
    expect(await kube.get(missing)).toBeUndefined();
    expect(await kube.delete(missing)).toBe(false);
  });

  test('is refused with a token that the server does not know', async () => {
    const stranger = await connect('not-a-token');
    expect(await failure(stranger.get(statefulSet))).toMatchObject({ code: 'kubernetes-unauthorized', status: 401 });
  });
});

describe('an application without trust', () => {
  const untrusted = new JujuApplication(api, 'untrusted', 'gluetun');
  const username = 'system:serviceaccount:untrusted:gluetun';
  let root: PodRoot;
  let kube: KubeApi;

  beforeAll(async () => {
    await untrusted.createAccount({ trust: false });
    await untrusted.create(revision);
    root = new PodRoot(api, { namespace: 'untrusted', token: await untrusted.token() });
    kube = await root.connect();
  });
  afterAll(() => {
    root.remove();
  });

  test('is forbidden to read and to write what protects', async () => {
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } };
    const attempts: readonly (() => Promise<unknown>)[] = [
      () => kube.get(statefulSet),
      () => kube.apply(configMap, manager),
      () => kube.list({ apiVersion: 'v1', kind: 'Node' }),
    ];
    for (const attempt of attempts)
      expect(await failure(attempt())).toMatchObject({ code: 'kubernetes-forbidden', status: 403 });
  });

  test('gets the status that says what to run, and goes on once it is trusted', async () => {
    const hooks = new ApplierHooks(kube, 'gluetun');
    const protection = gatewayProtection(gatewaySpec('untrusted'));
    const reconcile = () =>
      hooks.run((charm) => new ObjectApplier(charm, manager).reconcile(protection, { look: true }));

    const written = await new AuditLog(api).writesOf(username, async () => {
      const status = { name: 'blocked', message: 'run: juju trust gluetun --scope=cluster' };
      expect((await reconcile()).outcome).toMatchObject({ kind: 'refused', status });
    });
    expect(written).toEqual([]);

    await untrusted.setTrust(true);
    let outcome = (await reconcile()).outcome;
    for (let tries = 0; outcome.kind === 'refused' && tries < 50; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      outcome = (await reconcile()).outcome;
    }
    expect(outcome).toEqual({ kind: 'restarting' });
    await untrusted.replacePod();
    expect((await reconcile()).outcome).toEqual({ kind: 'live' });
  });
});
