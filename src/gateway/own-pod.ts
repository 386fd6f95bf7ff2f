import type { KubeApi, KubeObject } from '@charm-ts/ops';
import { overlayDigestAnnotation, type Protection } from '@charm-ts/vpn-gateway';

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const hasInitContainer = (pod: KubeObject, name: string): boolean => {
  const containers = fieldOf(pod['spec'], 'initContainers');
  return Array.isArray(containers) && containers.some((container) => fieldOf(container, 'name') === name);
};

/**
 * True when the pod that this hook runs in was made from the protected template: its firewall is closed and its overlay
 * is the one that clients are told. A template that was changed a moment ago says nothing about a pod that is still there.
 */
export const ownPodIsProtected = async (
  api: KubeApi,
  unit: string,
  { containers, overlayDigest }: Protection,
): Promise<boolean> => {
  const pod = await api.get({ apiVersion: 'v1', kind: 'Pod', name: unit.replace('/', '-') });
  return (
    pod !== undefined &&
    hasInitContainer(pod, containers.init) &&
    pod.metadata.annotations?.[overlayDigestAnnotation] === overlayDigest
  );
};
