import type { KubeApi, KubeObject } from '@charm-ts/ops';
import { podItems } from '../objects/names.js';
import { at, record, records } from './json.js';
import { statefulSetOf } from './juju-objects.js';

/** Field manager, annotations and containers of the charms with the Python library, which had objects of the same names. */
const predecessor = {
  manager: 'charmarr-lib',
  annotations: ['charmarr.io/gateway-config-hash', 'charmarr.io/gateway-client-config-hash'],
  exporter: 'gluetun-exporter',
} as const;
/** Field manager of patches that put right what others did; no field is to stay ours by it. */
export const takeover = 'vpn-gateway-takeover';
const itsContainers: readonly unknown[] = [
  ...Object.values(podItems.gateway),
  ...Object.values(podItems.client),
  predecessor.exporter,
];

/** True for a policy or ConfigMap that the Python library still owns a field of. */
export function isPredecessors(live: KubeObject): boolean {
  return records(live.metadata['managedFields']).some(({ manager }) => manager === predecessor.manager);
}

/**
 * Makes a policy or ConfigMap of the Python library ours alone: applied under its manager's name first, so that nothing is in conflict and its other fields go,
 * then under ours, then its manager is left without a field. There is no moment without a policy, and each step can be repeated.
 */
export async function takeOverObject(
  api: KubeApi,
  intent: KubeObject,
  options: { readonly fieldManager: string },
): Promise<void> {
  const { apiVersion, kind, metadata } = intent;
  const { name, namespace } = metadata;
  const fieldManager = predecessor.manager;
  await api.apply(intent, { fieldManager });
  await api.apply(intent, options);
  await api.apply(
    { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } },
    { fieldManager },
  );
}

/** True when the charm with the Python library has left something in the template: its patches carry its annotations and its manager's name; the exporter it declared itself. */
function leftSomething(live: KubeObject, annotations: readonly string[]): boolean {
  return annotations.length > 0 || isPredecessors(live) || hasForgottenExporter(live);
}

/** Juju leaves a container in the template that a new revision of the charm no longer has; what it knows of is in the environment of `charm`. */
function hasForgottenExporter(live: KubeObject): boolean {
  const containers = records(at(live, 'spec', 'template', 'spec', 'containers'));
  const names = containers
    .filter(({ name }) => name === 'charm')
    .flatMap(({ env }) => records(env))
    .flatMap(({ name, value }) =>
      name === 'JUJU_CONTAINER_NAMES' && typeof value === 'string' ? value.split(',') : [],
    );
  return containers.some(({ name }) => name === predecessor.exporter) && !names.includes(predecessor.exporter);
}

/**
 * Removes what the charm with the Python library patched into the pod: an apply cannot take over fields that a patch owns. With it go the exporter, which was
 * a container of that charm and which Juju leaves in the template, and the privileges of Gluetun.
 */
export async function clearTemplate(api: KubeApi, live: KubeObject): Promise<void> {
  const annotations = record(at(live, 'spec', 'template', 'metadata', 'annotations'));
  const found = predecessor.annotations.filter((name) => annotations[name] !== undefined);
  if (!leftSomething(live, found)) return;
  const items = (list: string) => records(at(live, 'spec', 'template', 'spec', list));
  const gone = (list: string) =>
    items(list).flatMap(({ name }) => (itsContainers.includes(name) ? [{ $patch: 'delete', name }] : []));
  const privileged = items('containers')
    .filter((item) => at(item, 'securityContext', 'privileged') === true && !itsContainers.includes(item['name']))
    .map(({ name }) => ({ name, securityContext: { privileged: null } }));
  const body = {
    spec: {
      template: {
        metadata: { annotations: Object.fromEntries(found.map((name) => [name, null])) },
        spec: {
          initContainers: gone('initContainers'),
          containers: [...gone('containers'), ...privileged],
          volumes: gone('volumes'),
        },
      },
    },
  };
  await api.patch(statefulSetOf(live.metadata.name), body, { type: 'strategic', fieldManager: takeover });
}
