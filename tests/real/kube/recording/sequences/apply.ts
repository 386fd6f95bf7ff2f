import {
  digest,
  emptyIntent,
  gatewayIntent,
  initContainer,
  intent,
  sidecar,
  smallStatefulSet,
  volume,
} from '../gluetun-objects.js';
import { apply, get, juju, path } from '../requests.js';
import type { Sequence } from '../sequence.js';

const target = path('StatefulSet', 'gluetun');
const create = juju.create(path('StatefulSet'), smallStatefulSet());

/** Server-side apply: where items land, what a second one does, how it is taken back. */
export const applySequences: readonly Sequence[] = [
  {
    name: 'apply-appends-and-takes-back',
    steps: [
      create,
      apply(target, gatewayIntent),
      apply(target, gatewayIntent),
      get(target),
      apply(target, emptyIntent),
      apply(target, emptyIntent),
    ],
  },
  {
    name: 'apply-changes-and-drops-own-items',
    steps: [
      create,
      apply(target, gatewayIntent),
      apply(
        target,
        intent(
          {
            containers: [{ ...sidecar, command: ['/bin/true'], env: [{ name: 'MTU', value: '1320' }] }],
            volumes: [volume],
          },
          digest,
        ),
      ),
      apply(target, intent({ containers: [], volumes: [volume] })),
    ],
  },
  {
    name: 'apply-order-follows-intent',
    steps: [
      create,
      apply(target, intent({ containers: [sidecar, { name: 'gluetun' }], volumes: [volume] })),
      apply(target, emptyIntent),
      apply(target, intent({ containers: [{ name: 'charm' }, sidecar], volumes: [volume] })),
      apply(target, emptyIntent),
      apply(target, intent({ containers: [sidecar, { name: 'charm' }], volumes: [volume] })),
    ],
  },
  {
    name: 'apply-native-sidecar',
    steps: [
      create,
      apply(target, intent({ initContainers: [{ ...initContainer, restartPolicy: 'Always' }], volumes: [volume] })),
    ],
  },
  {
    name: 'apply-nested-lists-of-a-juju-container',
    steps: [
      create,
      apply(
        target,
        intent({
          containers: [
            {
              name: 'gluetun',
              env: [{ name: 'MTU', value: '1320' }],
              securityContext: { capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } },
              volumeMounts: [{ name: 'vpn-state', mountPath: '/etc/resolv.conf', subPath: 'resolv.conf' }],
            },
          ],
          volumes: [{ name: 'vpn-state', emptyDir: {} }],
        }),
      ),
      apply(target, emptyIntent),
    ],
  },
  {
    name: 'apply-two-managers-own-one-item',
    steps: [
      create,
      apply(target, intent({ containers: [sidecar], volumes: [volume] })),
      apply(target, intent({ containers: [sidecar], volumes: [volume] }), { manager: 'gluetun-vpn' }),
      apply(target, emptyIntent),
      apply(target, emptyIntent, { manager: 'gluetun-vpn' }),
    ],
  },
  {
    name: 'apply-conflicts',
    steps: [
      create,
      apply(target, intent({ containers: [{ name: 'gluetun', image: 'gluetun:2' }] })),
      apply(target, intent({ dnsPolicy: 'None', restartPolicy: 'Never' })),
      apply(target, intent({ containers: [{ name: 'gluetun', image: 'gluetun:1' }] })),
      juju.patch(target, { spec: { template: { spec: { containers: [{ name: 'gluetun', image: 'gluetun:2' }] } } } }),
      apply(target, intent({ containers: [{ name: 'gluetun', image: 'gluetun:1' }] })),
    ],
  },
];
