import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { KubeApi, KubeObject } from '@charm-ts/ops';
import { clientProtection, ObjectApplier, type Protection } from '@charm-ts/vpn-gateway';
import { KubernetesApi } from '../../../lib/testing/src/kubernetes/index.js';
import type { JsonObject } from '../../../lib/testing/src/kubernetes/index.js';
import { ApplierHooks } from '../../real/kube/juju/applier-hook.js';
import { clientSpec } from '../../real/kube/juju/specs.js';
import { jujuStatefulSet } from '../kubernetes/juju-stateful-set.js';
import { type PodOfAnApplication, startPod } from '../kubernetes/pod-of-an-application.js';

const protection = clientProtection(clientSpec('media'));
const [settings, policy, pod] = [
  'ConfigMap sabnzbd-gateway-client-config',
  'NetworkPolicy sabnzbd-vpn-killswitch',
  'StatefulSet sabnzbd',
];

/** The intent of a version with other scripts. */
const withDigest = (object: KubeObject, digest: string): KubeObject =>
  JSON.parse(JSON.stringify(object).replaceAll(protection.overlayDigest, digest)) as KubeObject;

type PodSpec = Record<'volumes' | 'containers', readonly Record<string, unknown>[]>;

/** The intent of a version that had one volume and one mount more. */
const withCache = (object: KubeObject): KubeObject => {
  const { spec } = object as unknown as { spec: { template: { spec: PodSpec } } };
  const { template } = spec;
  const [sidecar = {}] = template.spec.containers;
  const mounts = sidecar['volumeMounts'] as readonly object[];
  const grown = {
    ...template.spec,
    volumes: [...template.spec.volumes, { name: 'vpn-cache', emptyDir: {} }],
    containers: [{ ...sidecar, volumeMounts: [...mounts, { name: 'vpn-cache', mountPath: '/cache' }] }],
  };
  return { ...object, spec: { ...spec, template: { ...template, spec: grown } } };
};

const withData = (
  object: KubeObject,
  change: (data: Record<string, string>) => Record<string, string>,
): KubeObject => ({
  ...object,
  data: change(object['data'] as Record<string, string>),
});

describe('a refresh from version n to n + 1', () => {
  let api: KubernetesApi;
  let mounted: PodOfAnApplication;
  let writes: string[];
  let kube: KubeApi;

  // Unbundled, client-node is hundreds of modules; the first import may take long on a busy machine.
  beforeAll(() => import('@kubernetes/client-node'), 60_000);
  beforeEach(async () => {
    api = await KubernetesApi.start();
    mounted = await startPod(api, { application: 'sabnzbd' });
    writes = [];
    kube = recording(mounted.kube);
    api.objects.create(
      api.key('apps/v1', 'StatefulSet', 'sabnzbd', 'media'),
      jujuStatefulSet('sabnzbd') as unknown as JsonObject,
      { manager: 'juju' },
    );
  });
  afterEach(async () => {
    await api.close();
    await mounted.remove();
  });

  const recording = (real: KubeApi): KubeApi => ({
    namespace: real.namespace,
    get: (ref) => real.get(ref),
    list: (query) => real.list(query),
    apply: (object, options) => {
      writes.push(`${object.kind} ${object.metadata.name}`);
      return real.apply(object, options);
    },
    patch: (ref, body, options) => {
      writes.push(`patch ${ref.kind} ${ref.name}`);
      return real.patch(ref, body, options);
    },
    delete: (ref) => {
      writes.push(`delete ${ref.kind} ${ref.name}`);
      return real.delete(ref);
    },
  });

  /** The writes of one hook in a new process. */
  const hook = async (objects: Protection): Promise<readonly string[]> => {
    writes = [];
    await new ApplierHooks(kube, 'sabnzbd').run((charm) =>
      new ObjectApplier(charm, { fieldManager: 'sabnzbd-vpn' }).reconcile(objects, { look: true }),
    );
    return writes;
  };

  const live = async () => {
    const statefulSet = await kube.get({ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'sabnzbd' });
    const configMap = await kube.get({ apiVersion: 'v1', kind: 'ConfigMap', name: 'sabnzbd-gateway-client-config' });
    return { template: statefulSet?.['spec'], data: configMap?.['data'], generation: statefulSet?.metadata.generation };
  };

  const { configMap, statefulSet } = protection;
  const older = (changes: Partial<Protection>): Protection => ({ ...protection, ...changes });
  const otherSettings = withData(configMap, (data) => ({
    ...data,
    settings: String(data['settings']).replace('VERDICT_PORT=', 'VERDICT_PORT=1'),
  }));
  const oneScriptMore = withData(configMap, (data) => ({ ...data, 'vpn-route-old': '#!/bin/bash\n' }));

  test.each<[string, Protection, readonly (string | undefined)[]]>([
    ['nothing differs', protection, []],
    ['a setting has changed', older({ configMap: otherSettings }), [settings]],
    ['a script is gone', older({ configMap: oneScriptMore }), [settings]],
    ['the scripts are new', older({ statefulSet: withDigest(statefulSet, '0'), overlayDigest: '0' }), [pod]],
    ['a volume and its mount are gone', older({ statefulSet: withCache(statefulSet) }), [pod]],
    [
      'everything at once',
      older({
        policies: protection.policies.map((object) => ({
          ...object,
          metadata: { ...object.metadata, labels: { a: 'b' } },
        })),
        configMap: oneScriptMore,
        statefulSet: withCache(withDigest(statefulSet, '0')),
        overlayDigest: '0',
      }),
      [policy, settings, pod],
    ],
  ])('%s: one apply of what differs, and the pod is as after a new installation', async (_what, before, expected) => {
    await hook(protection);
    const fresh = await live();
    await hook(before);
    const { generation = 0 } = await live();
    expect(await hook(protection)).toEqual(expected);
    const now = await live();
    expect({ ...now, generation: 0 }).toEqual({ ...fresh, generation: 0 });
    expect(now.generation).toBe(generation + (expected.includes(pod) ? 1 : 0));
    expect(await hook(protection)).toEqual([]);
  });
});
