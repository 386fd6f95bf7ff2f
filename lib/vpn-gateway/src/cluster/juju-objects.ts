import type { ObjectRef } from '@charm-ts/ops';

/** The StatefulSet that Juju made for the application. */
export function statefulSetOf(app: string): ObjectRef {
  return { apiVersion: 'apps/v1', kind: 'StatefulSet', name: app };
}

/** The unit's pod. */
export function podOf(unit: string): ObjectRef {
  return { apiVersion: 'v1', kind: 'Pod', name: unit.replace('/', '-') };
}
