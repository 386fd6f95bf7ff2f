import type { KubeObject } from '@charm-ts/ops';

interface Named {
  readonly name: string;
}

/** The parts of a StatefulSet's pod template that these tests look at. */
export interface PodTemplate {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly initContainers: readonly (Named & { readonly args: readonly string[] })[];
    readonly containers: readonly (Named & { readonly image: string })[];
    readonly volumes: readonly Named[];
  };
}

export function templateOf(statefulSet: KubeObject): PodTemplate {
  return (statefulSet['spec'] as { template: PodTemplate }).template;
}

export function namesOf(items: readonly Named[]): readonly string[] {
  return items.map(({ name }) => name);
}
