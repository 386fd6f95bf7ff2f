import { randomBytes } from 'node:crypto';
import { fields, list } from '../charm/fields.js';
import type { PlainObject } from './plain-object.js';

/** What names a pod of a StatefulSet. */
export interface PodIdentity {
  /** `<application>-<number>`. */
  readonly name: string;
  readonly uid: string;
  readonly address: string;
  readonly namespace: string;
  readonly app: string;
}

/** A running pod as the StatefulSet controller and the kubelet leave it: the template, a volume for each claim, an address. */
export function podObject(pod: PodIdentity, statefulSet: PlainObject | undefined): PlainObject {
  const { name, namespace, app, uid, address } = pod;
  const set = fields(statefulSet?.['spec']);
  const { metadata, spec } = fields(set['template']);
  const podSpec = fields(spec);
  const claims = list(set['volumeClaimTemplates']).map((claim) => {
    const volume = String(fields(claim['metadata'])['name']);
    return { name: volume, persistentVolumeClaim: { claimName: `${volume}-${name}` } };
  });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...fields(metadata),
      name,
      namespace,
      uid,
      labels: {
        'app.kubernetes.io/name': app,
        'apps.kubernetes.io/pod-index': name.slice(app.length + 1),
        'controller-revision-hash': randomBytes(5).toString('hex'),
        'statefulset.kubernetes.io/pod-name': name,
      },
    },
    spec: {
      ...podSpec,
      ...(claims.length === 0 ? {} : { volumes: [...list(podSpec['volumes']), ...claims] }),
      nodeName: 'node-0',
      hostname: name,
    },
    status: { phase: 'Running', podIP: address, podIPs: [{ ip: address }], hostIP: '192.168.7.9' },
  };
}
