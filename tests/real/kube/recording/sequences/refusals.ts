import { type ApiResponse, contentTypes } from '../../api/api-request.js';
import { emptyIntent, gatewayIntent, intent, sidecar, smallStatefulSet } from '../gluetun-objects.js';
import { apply, get, juju, patch, path, remove } from '../requests.js';
import type { Sequence } from '../sequence.js';

const target = path('StatefulSet', 'gluetun');
const create = juju.create(path('StatefulSet'), smallStatefulSet());
const withMeta = (metadata: object) => ({ ...emptyIntent, metadata: { ...emptyIntent.metadata, ...metadata } });

function versionOf(answer: ApiResponse | undefined): string {
  return (answer?.body as { metadata: { resourceVersion: string } }).metadata.resourceVersion;
}

/** Requests that the server refuses, with the exact answers. */
export const refusalSequences: readonly Sequence[] = [
  {
    name: 'missing-statefulset',
    steps: [
      get(target),
      apply(target, gatewayIntent),
      patch(target, 'strategic', { spec: { replicas: 1 } }),
      remove(target),
      juju.replace(target, smallStatefulSet()),
      get('/apis/nosuch.example/v1/namespaces/vpn-model/things/x'),
    ],
  },
  {
    name: 'invalid-apply',
    steps: [
      create,
      { ...apply(target, gatewayIntent), query: { fieldValidation: 'Strict' } },
      apply(target, intent({ contaners: [sidecar] })),
      apply(target, intent({ containers: [sidecar] })),
      apply(target, { ...emptyIntent, spec: { serviceName: 'other' } }),
      juju.patch(target, { spec: { podManagementPolicy: 'OrderedReady' } }),
      juju.patch(target, { spec: { replicas: 2 } }),
      apply(target, { ...emptyIntent, apiVersion: 'apps/v2' }),
      apply(target, { ...emptyIntent, metadata: { name: 'other', namespace: 'vpn-model' } }),
      (answers) => apply(target, withMeta({ resourceVersion: versionOf(answers[0]) })),
      apply(target, withMeta({ uid: '11111111-1111-4111-8111-111111111111' })),
      apply(target, withMeta({ managedFields: [{ manager: 'x' }] })),
      { ...apply(target, gatewayIntent), contentType: 'text/plain' },
      { verb: 'PATCH', path: target, contentType: contentTypes.jsonPatch, body: { op: 'test' }, user: 'trusted' },
    ],
  },
  {
    name: 'create-twice',
    steps: [create, create],
  },
];
