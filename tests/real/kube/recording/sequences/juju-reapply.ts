import type { ApiResponse } from '../../api/api-request.js';
import { additions, emptyIntent, gatewayIntent, smallStatefulSet } from '../gluetun-objects.js';
import { apply, juju, patch, path } from '../requests.js';
import type { Sequence } from '../sequence.js';

const target = path('StatefulSet', 'gluetun');
const create = juju.create(path('StatefulSet'), smallStatefulSet());

interface StatefulSetAnswer {
  readonly metadata: object;
  readonly spec: object;
}

function answer(answers: readonly ApiResponse[], index: number): StatefulSetAnswer {
  return answers[index]?.body as StatefulSetAnswer;
}

/** Juju 3.6 puts its template onto the object that it has read and sends the whole as a strategic merge patch. */
function reapplied(live: StatefulSetAnswer, template: object): object {
  const metadata = { ...live.metadata, managedFields: undefined };
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata, spec: { ...live.spec, template } };
}

const refreshed = smallStatefulSet({ image: 'gluetun:2', charmModifiedVersion: 1 }).spec.template;
const withContainer = {
  ...refreshed,
  spec: { ...refreshed.spec, containers: [...refreshed.spec.containers, { name: 'aaa', image: 'aaa:1' }] },
};

/** What becomes of the charm's items when the controller writes again. */
export const jujuReapplySequences: readonly Sequence[] = [
  {
    name: 'juju-reapply-keeps-applied-items',
    steps: [
      create,
      apply(target, gatewayIntent),
      (answers) => juju.patch(target, reapplied(answer(answers, 1), refreshed)),
      apply(target, gatewayIntent),
      (answers) => juju.patch(target, reapplied(answer(answers, 1), refreshed)),
      (answers) => juju.patch(target, reapplied(answer(answers, 3), withContainer)),
      (answers) => juju.patch(target, reapplied(answer(answers, 5), refreshed)),
      apply(target, emptyIntent),
    ],
  },
  {
    name: 'juju-reapply-keeps-the-order-of-a-strategic-patch',
    steps: [
      create,
      patch(target, 'strategic', { spec: { template: { spec: additions } } }),
      (answers) => juju.patch(target, reapplied(answer(answers, 1), refreshed)),
    ],
  },
  {
    name: 'juju-scale-and-replace',
    steps: [
      create,
      apply(target, gatewayIntent),
      juju.patch(target, { spec: { replicas: 2 } }),
      (answers) => juju.replace(target, answer(answers, 0)),
      (answers) => juju.replace(target, answer(answers, 2)),
      juju.replace(target, smallStatefulSet()),
    ],
  },
];
