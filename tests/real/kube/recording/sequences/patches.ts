import { additions, emptyIntent, sidecar, smallStatefulSet, volume } from '../gluetun-objects.js';
import { apply, juju, patch, path } from '../requests.js';
import type { Sequence } from '../sequence.js';

const target = path('StatefulSet', 'gluetun');
const create = juju.create(path('StatefulSet'), smallStatefulSet());
const inPod = (spec: object) => ({ spec: { template: { spec } } });
const order = (...names: readonly string[]) => names.map((name) => ({ name }));

/** The other kinds of patch: why the charm does not send them for the pod, and how it cleans up after an older one. */
export const patchSequences: readonly Sequence[] = [
  {
    name: 'strategic-patch-prepends',
    steps: [
      create,
      patch(target, 'strategic', inPod(additions)),
      patch(target, 'strategic', inPod(additions)),
      patch(
        target,
        'strategic',
        inPod({
          '$setElementOrder/containers': order('charm', 'gluetun', 'gateway-sidecar'),
          '$setElementOrder/initContainers': order('charm-init', 'gateway-init'),
        }),
      ),
      patch(
        target,
        'strategic',
        inPod({
          containers: [{ name: 'gateway-sidecar', $patch: 'delete' }],
          initContainers: [{ name: 'gateway-init', $patch: 'delete' }],
          volumes: [{ name: 'gateway-config', $patch: 'delete' }],
        }),
      ),
      patch(target, 'strategic', inPod({ containers: [{ name: 'gateway-sidecar', $patch: 'delete' }] })),
      patch(target, 'strategic', inPod({ containers: [] })),
    ],
  },
  {
    name: 'strategic-patch-with-element-order',
    steps: [
      create,
      patch(
        target,
        'strategic',
        inPod({
          '$setElementOrder/containers': order('charm', 'nosuch', 'gateway-sidecar'),
          containers: [sidecar],
          volumes: [volume],
        }),
      ),
    ],
  },
  {
    name: 'json-patch-appends',
    steps: [
      create,
      patch(target, 'jsonPatch', [
        { op: 'test', path: '/spec/template/spec/containers/0/name', value: 'charm' },
        { op: 'add', path: '/spec/template/spec/containers/-', value: sidecar },
        { op: 'add', path: '/spec/template/spec/volumes/-', value: volume },
      ]),
      patch(target, 'jsonPatch', [
        { op: 'add', path: '/spec/template/spec/containers/-', value: sidecar },
        { op: 'add', path: '/spec/template/spec/volumes/-', value: volume },
      ]),
      patch(target, 'jsonPatch', [{ op: 'test', path: '/spec/template/spec/containers/0/name', value: 'gluetun' }]),
      patch(target, 'jsonPatch', [{ op: 'remove', path: '/spec/template/spec/containers/2' }]),
    ],
  },
  {
    name: 'merge-patch',
    steps: [
      create,
      patch(target, 'merge', { metadata: { annotations: { 'gluetun-k8s/note': 'a' } } }),
      patch(target, 'merge', { metadata: { annotations: { 'gluetun-k8s/note': null } } }),
    ],
  },
  {
    // An older charm patched under the same manager name: its `Update` entry keeps the items alive.
    name: 'strategic-patch-then-apply-is-not-taken-back',
    steps: [
      create,
      patch(target, 'strategic', inPod({ containers: [sidecar], volumes: [volume] })),
      apply(target, { ...emptyIntent, ...inPod({ containers: [sidecar], volumes: [volume] }) }),
      apply(target, emptyIntent),
      patch(
        target,
        'strategic',
        inPod({
          containers: [{ name: 'gateway-sidecar', $patch: 'delete' }],
          volumes: [{ name: 'gateway-config', $patch: 'delete' }],
        }),
      ),
    ],
  },
];
