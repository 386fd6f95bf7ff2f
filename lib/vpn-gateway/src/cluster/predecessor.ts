import type { KubeApi, KubeObject } from '@charm-ts/ops';
import type { Protection } from '../objects/protection.js';
import { at, record, records } from './json.js';

/** Field manager and annotations of the Python library, which had objects of the same names. */
const predecessor = {
  manager: 'charmarr-lib',
  annotations: ['charmarr.io/gateway-config-hash', 'charmarr.io/gateway-client-config-hash'],
};
const takeover = 'vpn-gateway-takeover';

/**
 * Makes the fields of a policy or ConfigMap that the Python library applied ours to apply. A merge patch changes the values in place, so there is no moment without a policy.
 */
export async function takeOverObject(api: KubeApi, live: KubeObject, intent: KubeObject): Promise<void> {
  const managers = records(live.metadata['managedFields']).map(({ manager }) => manager);
  if (!managers.includes(predecessor.manager)) return;
  const { apiVersion, kind, metadata, ...body } = intent;
  await api.patch({ apiVersion, kind, name: metadata.name }, body, { type: 'merge', fieldManager: takeover });
}

/** Removes the containers and volumes that the Python library patched into the pod: an apply cannot take over fields that a patch owns. */
export async function takeOverTemplate(api: KubeApi, live: KubeObject, { statefulSet }: Protection): Promise<void> {
  const annotations = record(at(live, 'spec', 'template', 'metadata', 'annotations'));
  const found = predecessor.annotations.filter((name) => annotations[name] !== undefined);
  if (found.length === 0) return;
  const spec = at(statefulSet, 'spec', 'template', 'spec');
  const liveSpec = at(live, 'spec', 'template', 'spec');
  const own = (list: string): unknown[] => {
    const names = records(at(liveSpec, list)).map(({ name }) => name);
    return records(at(spec, list))
      .filter(({ name, image, configMap }) => names.includes(name) && (image !== undefined || configMap !== undefined))
      .map(({ name }) => ({ $patch: 'delete', name }));
  };
  const body = {
    spec: {
      template: {
        metadata: { annotations: Object.fromEntries(found.map((name) => [name, null])) },
        spec: { initContainers: own('initContainers'), containers: own('containers'), volumes: own('volumes') },
      },
    },
  };
  const ref = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: live.metadata.name };
  await api.patch(ref, body, { type: 'strategic', fieldManager: takeover });
}
