import type { Cluster } from '@charm-ts/testing';

const namespace = 'media';

/** A container of a pod template. */
export interface TemplateContainer {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly env?: readonly unknown[];
  readonly securityContext?: object;
}

/** The parts of a pod template that both libraries touch. */
export interface Template {
  readonly containers: readonly TemplateContainer[];
  readonly initContainers: readonly TemplateContainer[];
  readonly volumes: readonly { readonly name: string }[];
  readonly annotations: Readonly<Record<string, string>>;
}

/** The files of a ConfigMap; none when it is not there. */
export function configMapOf(cluster: Cluster, name: string): Readonly<Record<string, string>> {
  const object = cluster.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name });
  return (object?.['data'] ?? {}) as Record<string, string>;
}

/** `KEY=value` and `KEY="value"` lines. */
export function settingsIn(files: Readonly<Record<string, string>>, file: string): Readonly<Record<string, string>> {
  const pairs = (files[file] ?? '').matchAll(/^([A-Z0-9_]+)="?(.*?)"?$/gm);
  return Object.fromEntries([...pairs].map(([, key = '', value = '']) => [key, value]));
}

/** What a StatefulSet makes its pods from. */
export function templateIn(cluster: Cluster, name: string): Template {
  const object = cluster.get({ apiVersion: 'apps/v1', kind: 'StatefulSet', namespace, name });
  const { template } = object?.['spec'] as {
    readonly template: {
      readonly spec: Omit<Template, 'annotations'>;
      readonly metadata: Pick<Template, 'annotations'>;
    };
  };
  return { ...template.spec, annotations: template.metadata.annotations };
}

/** The ingress rules of a NetworkPolicy. */
export function ingressOf(
  cluster: Cluster,
  name: string,
): readonly { readonly from?: readonly object[]; readonly ports?: readonly object[] }[] {
  const object = cluster.get({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', namespace, name });
  return (object?.['spec'] as { readonly ingress: ReturnType<typeof ingressOf> }).ingress;
}
