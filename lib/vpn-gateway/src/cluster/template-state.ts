import type { KubeObject } from '@charm-ts/ops';
import { overlayDigestAnnotation } from '../objects/names.js';
import type { Protection } from '../objects/protection.js';
import { at, records } from './json.js';

/** True when the live template has our init container and sidecar, made from the same scripts and overlay. Needs no more than what every unit knows. */
export function templateIsProtected(live: KubeObject, { containers, overlayDigest }: Protection): boolean {
  return (
    has(live, 'initContainers', containers.init) &&
    has(live, 'containers', containers.sidecar) &&
    at(live, 'spec', 'template', 'metadata', 'annotations', overlayDigestAnnotation) === overlayDigest
  );
}

/** True when anything of ours is in the live template. */
export function templateHasOurs(
  live: KubeObject,
  containers: { readonly init: string; readonly sidecar: string },
): boolean {
  return has(live, 'initContainers', containers.init) || has(live, 'containers', containers.sidecar);
}

/** True when the pod was made from the protected template. A template that was changed a moment ago says nothing about a pod that is still there. */
export function podIsProtected(pod: KubeObject | undefined, { containers, overlayDigest }: Protection): boolean {
  return (
    pod !== undefined &&
    records(at(pod, 'spec', 'initContainers')).some(({ name }) => name === containers.init) &&
    pod.metadata.annotations?.[overlayDigestAnnotation] === overlayDigest
  );
}

/** True when the pod was made from a template with our containers. */
export function podHasOurs(pod: KubeObject, containers: { readonly init: string; readonly sidecar: string }): boolean {
  return [...records(at(pod, 'spec', 'initContainers')), ...records(at(pod, 'spec', 'containers'))].some(
    ({ name }) => name === containers.init || name === containers.sidecar,
  );
}

/** True for a pod in the node's own network: our scripts would change the node's routes. */
export function usesHostNetwork(live: KubeObject): boolean {
  return at(live, 'spec', 'template', 'spec', 'hostNetwork') === true;
}

function has(live: KubeObject, list: string, name: string): boolean {
  return records(at(live, 'spec', 'template', 'spec', list)).some((item) => item['name'] === name);
}
