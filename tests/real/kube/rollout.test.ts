import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { KubeApi, KubeObject } from '@charm-ts/ops';
import { gatewayProtection, gatewayRemoval, ObjectApplier } from '@charm-ts/vpn-gateway';
import { contentTypes } from './api/api-request.js';
import { RealApiServer } from './api/real-api-server.js';
import { ApplierHooks } from './juju/applier-hook.js';
import { ControllerManager } from './juju/controller-manager.js';
import { JujuApplication } from './juju/juju-application.js';
import { PodRoot } from './juju/pod-root.js';
import { namesOf } from './juju/pod-template.js';
import { gatewaySpec } from './juju/specs.js';

const namespace = 'rollout';
const revision = { charmModifiedVersion: 0, agentVersion: '3.6.9', images: { gluetun: 'registry.example/gluetun:1' } };
const manager = { fieldManager: 'gluetun-k8s' };
const before = ['charm', 'gluetun'];
const after = ['charm', 'gluetun', 'gateway-sidecar'];

describe('the StatefulSet controller, two units', () => {
  const api = new RealApiServer();
  const juju = new JujuApplication(api, namespace, 'gluetun');
  const { statefulSet } = gatewayProtection(gatewaySpec(namespace));
  const emptyIntent = { ...statefulSet, spec: undefined };
  let controller: ControllerManager;
  let pod: PodRoot;
  let kube: KubeApi;

  /** Containers of each pod, by its name. */
  const pods = async () => {
    const live = await kube.list({ apiVersion: 'v1', kind: 'Pod' });
    const containersOf = ({ spec }: KubeObject) => namesOf((spec as { containers: { name: string }[] }).containers);
    return Object.fromEntries(live.map((object) => [object.metadata.name, containersOf(object)]));
  };
  const until = async (expected: Readonly<Record<string, readonly string[]>>) => {
    const deadline = Date.now() + 20_000;
    while (JSON.stringify(await pods()) !== JSON.stringify(expected) && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await pods()).toEqual(expected);
  };
  const status = (name: string, body: object) =>
    api.expectSuccess({
      verb: 'PATCH',
      path: `${juju.path('api/v1/pods', name)}/status`,
      contentType: contentTypes.merge,
      body: { status: body },
      user: 'juju',
    });
  /** Plays the kubelet. */
  const ready = (name: string) => status(name, { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] });

  beforeAll(async () => {
    await juju.createAccount({ trust: true });
    pod = new PodRoot(api, { namespace, token: await juju.token() });
    kube = await pod.connect();
    controller = new ControllerManager();
    await juju.create(revision);
    await kube.patch(
      { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'gluetun' },
      { spec: { replicas: 2 } },
      { type: 'merge', fieldManager: 'juju' },
    );
  });
  afterAll(async () => {
    await controller.stop();
    pod.remove();
  });

  test('makes both pods at once', async () => {
    await until({ 'gluetun-0': before, 'gluetun-1': before });
    await ready('gluetun-0');
    await ready('gluetun-1');
  });

  test('replaces one pod after the apply, the next one when that is ready', async () => {
    await kube.apply(statefulSet, manager);
    await until({ 'gluetun-0': before, 'gluetun-1': after });
    await ready('gluetun-1');
    await until({ 'gluetun-0': after, 'gluetun-1': after });
    await ready('gluetun-0');
  });

  test('replaces none for the same apply again', async () => {
    const uids = async () => (await kube.list({ apiVersion: 'v1', kind: 'Pod' })).map(({ metadata }) => metadata.uid);
    const { generation } = (await juju.read()).metadata;
    const living = await uids();
    await kube.apply(statefulSet, manager);
    expect((await juju.read()).metadata.generation).toBe(generation);
    expect(await uids()).toEqual(living);
  });

  test('rolls back to the first revision when everything is taken back', async () => {
    await kube.apply(emptyIntent, manager);
    await until({ 'gluetun-0': after, 'gluetun-1': before });
    await ready('gluetun-1');
    await until({ 'gluetun-0': before, 'gluetun-1': before });
  });

  test('the policies outlive the pods that the garbage collector takes with their StatefulSet', async () => {
    const { policies, configMap } = gatewayProtection(gatewaySpec(namespace));
    const own = [...policies, configMap];
    for (const object of own) await kube.apply(object, manager);
    await api.expectSuccess({
      verb: 'DELETE',
      path: juju.path(),
      query: { propagationPolicy: 'Background' },
      user: 'juju',
    });
    await until({});
    const live = await Promise.all(own.map(({ metadata, ...kind }) => kube.get({ ...kind, name: metadata.name })));
    expect(live.map((object) => object?.metadata['ownerReferences'])).toEqual(own.map(() => undefined));
    expect(live).not.toContain(undefined);

    const hooks = new ApplierHooks(kube, 'gluetun');
    const removal = gatewayRemoval('gluetun');
    const { outcome } = await hooks.run((charm) => new ObjectApplier(charm, manager).removeAtOnce(removal));
    expect(outcome).toEqual({ kind: 'gone' });
    const left = await Promise.all(own.map(({ metadata, ...kind }) => kube.get({ ...kind, name: metadata.name })));
    expect(left).toEqual(own.map(() => undefined));
  });
});
