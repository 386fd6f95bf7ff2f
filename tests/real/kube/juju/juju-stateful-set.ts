import type { KubeObject } from '@charm-ts/ops';
import { type JujuContainer, jujuStatefulSet, type JujuStatefulSetOptions } from '@charm-ts/testing';

/** What the controller varies when it applies the object again; an image alone stands for a container without storage. */
export interface JujuRevision extends Pick<
  JujuStatefulSetOptions,
  'charmModifiedVersion' | 'storage' | 'imageRepository'
> {
  readonly agentVersion: string;
  readonly images: Readonly<Record<string, string | JujuContainer>>;
}

/** The object as Juju sends it for this revision. */
export function statefulSetOf(namespace: string, app: string, revision: JujuRevision): KubeObject {
  const { agentVersion, images, ...options } = revision;
  const containers = Object.fromEntries(
    Object.entries(images).map(([name, value]) => [name, typeof value === 'string' ? { image: value } : value]),
  );
  return jujuStatefulSet({ ...options, app, namespace, jujuVersion: agentVersion, containers });
}
