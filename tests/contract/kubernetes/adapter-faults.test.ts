import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { KubernetesApi } from '../../../lib/testing/src/kubernetes/index.js';
import { configMap, failure, fieldManager, settings } from './adapter-calls.js';
import { startPod } from './pod-of-an-application.js';
import type { PodOfAnApplication } from './pod-of-an-application.js';

describe('the Kubernetes adapter when answers fail or do not come', () => {
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

  test.each([429, 500, 502, 503, 504] as const)('tries again after %d', async (status) => {
    api.faults.next(2, { kind: 'status', status });
    await pod.kube.apply(settings({ a: 'b' }), { fieldManager });
    expect(pod.clock.slept).toEqual([200, 800]);
  });

  test('gives up after three tries', async () => {
    api.faults.next(3, { kind: 'status', status: 503 });
    await expect(failure(pod.kube.get(configMap))).resolves.toMatchObject({
      code: 'kubernetes-unavailable',
      status: 503,
    });
    await expect(pod.kube.get(configMap)).resolves.toBeUndefined();
  });

  test('waits as long as it is asked to, but never past three seconds', async () => {
    api.faults.next(1, { kind: 'status', status: 429, retryAfter: 1 });
    await pod.kube.get(configMap);
    expect(pod.clock.slept).toEqual([1_000]);
    api.faults.next(2, { kind: 'status', status: 429, retryAfter: 60 });
    await expect(failure(pod.kube.get(configMap))).resolves.toMatchObject({ status: 429 });
    expect(pod.clock.slept).toEqual([1_000, 3_000]);
  });

  test('repeats an apply that met a newer object, not a patch', async () => {
    api.faults.next(1, { kind: 'status', status: 409 });
    await pod.kube.apply(settings({ a: 'b' }), { fieldManager });
    api.faults.next(1, { kind: 'status', status: 409 });
    const error = await failure(pod.kube.patch(configMap, {}, { type: 'merge', fieldManager }));
    expect(error.code).toBe('kubernetes-conflict');
  });

  test.each(['none', 'done'] as const)('an apply survives a cut connection (effect: %s)', async (effect) => {
    api.faults.next(1, { kind: 'cut', effect }, { verb: 'patch', kind: 'ConfigMap' });
    await expect(pod.kube.apply(settings({ a: 'b' }), { fieldManager })).resolves.toMatchObject({ data: { a: 'b' } });
  });

  test('a JSON patch that may have arrived is not sent twice', async () => {
    await pod.kube.apply(settings({ a: 'b' }), { fieldManager });
    api.faults.next(1, { kind: 'cut', effect: 'done' });
    const patch = [{ op: 'add', path: '/data/c', value: 'd' }];
    const error = await failure(pod.kube.patch(configMap, patch, { type: 'json', fieldManager: 'other' }));
    expect(error).toMatchObject({ code: 'kubernetes-unavailable', status: undefined });
  });

  test('does not wait for ever for an answer', async () => {
    const impatient = await startPod(api, { requestTimeout: 50 });
    api.faults.next(Infinity, { kind: 'hang' });
    const error = await failure(impatient.kube.get(configMap));
    expect(error).toMatchObject({ code: 'kubernetes-unavailable', status: undefined });
    expect(error.message).toContain('did not answer in time');
    await impatient.remove();
  });

  test('a server that is gone is unavailable', async () => {
    await api.close();
    const error = await failure(pod.kube.get(configMap));
    expect(error.code).toBe('kubernetes-unavailable');
    expect(error.message).toContain('ECONNREFUSED');
    expect(pod.clock.slept).toHaveLength(2);
  });
});
