import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { KubernetesApi, StatefulSetController } from '../../../lib/testing/src/kubernetes/index.js';
import type { JsonObject, ObjectKey } from '../../../lib/testing/src/kubernetes/index.js';
import { jujuStatefulSet } from './juju-stateful-set.js';
import { at } from '../../../lib/testing/src/kubernetes/json/json.js';
import { send } from './wire.js';

const pod = (ordinal: number) => ({ namespace: 'media', application: 'gluetun', ordinal });

describe('the StatefulSet controller', () => {
  let api: KubernetesApi;
  let controller: StatefulSetController;
  let key: ObjectKey;
  let told: string[];

  beforeEach(async () => {
    api = await KubernetesApi.start();
    told = [];
    controller = new StatefulSetController(api, {
      onPodNeeded: ({ ordinal }) => told.push(`needed ${ordinal}`),
      onPodOutdated: ({ ordinal }) => told.push(`outdated ${ordinal}`),
      onPodSurplus: ({ ordinal }) => told.push(`surplus ${ordinal}`),
    });
    key = api.key('apps/v1', 'StatefulSet', 'gluetun', 'media');
    api.objects.create(key, jujuStatefulSet() as unknown as JsonObject, { manager: 'juju' });
  });
  afterEach(async () => {
    controller.close();
    await api.close();
  });

  const podKey = () => api.key('v1', 'Pod', 'gluetun-0', 'media');
  const scale = (replicas: number) => api.objects.patch(key, 'strategic', { spec: { replicas } }, { manager: 'juju' });
  const apply = (image: string) =>
    api.objects.apply(
      key,
      {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        spec: { template: { spec: { containers: [{ name: 'sidecar', image }] } } },
      },
      { manager: 'gluetun-k8s' },
    );

  test('asks for the pods that are missing, and for the end of those that are too many', () => {
    controller.placePod(pod(0));
    scale(3);
    controller.placePod(pod(1));
    controller.placePod(pod(2));
    scale(1);
    expect(told).toEqual(['needed 0', 'needed 1', 'needed 2', 'surplus 2', 'surplus 1']);
  });

  test('a changed template makes pods outdated, the highest first, until they are replaced', () => {
    scale(2);
    controller.placePod(pod(0));
    controller.placePod(pod(1));
    told = [];
    apply('pod-gateway:1');
    apply('pod-gateway:1');
    expect(told).toEqual(['outdated 1', 'outdated 0']);
    controller.placePod(pod(1));
    expect(controller.outdatedPods('media', 'gluetun')).toEqual([pod(0)]);
    controller.placePod(pod(0));
    expect(controller.outdatedPods('media', 'gluetun')).toEqual([]);
  });

  test('a replaced pod has the containers of the template, a new uid and a new address', () => {
    const before = controller.placePod(pod(0));
    apply('pod-gateway:1');
    controller.placePod(pod(0));
    const after = api.store.get(podKey()) ?? {};
    expect(after).toMatchObject({
      metadata: { labels: { 'app.kubernetes.io/name': 'gluetun' }, annotations: { 'juju.is/version': '3.6.9' } },
      spec: {
        initContainers: [{ name: 'charm-init' }],
        containers: [{ name: 'charm' }, { name: 'gluetun' }, { name: 'sidecar' }],
      },
      status: { phase: 'Running' },
    });
    expect(at(after, 'metadata', 'uid')).not.toBe(at(before, 'metadata', 'uid'));
    expect(at(after, 'status', 'podIP')).not.toBe(at(before, 'status', 'podIP'));
  });

  test('a charm without trust may annotate its pod', async () => {
    const token = api.createServiceAccountToken('media', 'gluetun');
    controller.placePod(pod(0));
    const annotations = { 'vpn-gateway/settings': '1' };
    const answer = await send(api, {
      verb: 'PATCH',
      path: '/api/v1/namespaces/media/pods/gluetun-0',
      contentType: 'application/merge-patch+json',
      body: { metadata: { annotations } },
      token,
    });
    expect(answer).toMatchObject({ status: 200, body: { metadata: { annotations } } });
  });

  test('the end of the StatefulSet is the end of its pods', () => {
    controller.placePod(pod(0));
    told = [];
    api.objects.delete(key);
    expect(told).toEqual(['surplus 0']);
    controller.removePod(pod(0));
    expect(api.store.list(api.key('v1', 'Pod', '').kind)).toEqual([]);
  });
});
