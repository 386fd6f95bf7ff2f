import { type Framework, type KubeObject, KubeApiError } from '@charm-ts/ops';
import { looksAtKubernetes } from '@charm-ts/vpn-gateway';

const key = 'service-mesh';

/** Labels of a namespace that take its pods into a mesh, and the values with which they do. */
const enrolments: readonly (readonly [string, RegExp])[] = [
  ['istio.io/dataplane-mode', /^ambient$/],
  ['istio-injection', /^enabled$/],
  ['istio.io/rev', /./],
];

/** Linkerd reads an annotation instead. */
const linkerd = 'linkerd.io/inject';

/** What takes the pods of a namespace into a service mesh, as `name=value` of a label or an annotation. */
export const meshOf = (namespace: Pick<KubeObject, 'metadata'> | undefined): string | undefined => {
  const { labels = {}, annotations = {} } = namespace?.metadata ?? {};
  const label = enrolments.find(([name, value]) => value.test(labels[name] ?? ''));
  if (label !== undefined) return `${label[0]}=${labels[label[0]] ?? ''}`;
  const annotation = annotations[linkerd] ?? '';
  return /^(enabled|ingress)$/.test(annotation) ? `${linkerd}=${annotation}` : undefined;
};

/**
 * The mesh of the model's namespace, whose proxies take packets before the VPN does. Looked at when the cluster is, and
 * remembered between; without the right to look it stays unknown.
 */
export const serviceMesh = async (
  framework: Pick<Framework, 'event' | 'kubeApi' | 'state'>,
  model: string,
): Promise<string | undefined> => {
  const known = await framework.state.get(key);
  if (!looksAtKubernetes(framework.event)) return known;
  try {
    const api = await framework.kubeApi();
    const found = meshOf(await api.get({ apiVersion: 'v1', kind: 'Namespace', name: model }));
    if (found === known) return known;
    if (found === undefined) framework.state.delete(key);
    else framework.state.set(key, found);
    return found;
  } catch (error) {
    if (error instanceof KubeApiError) return known;
    throw error;
  }
};

/** The status's words for it. */
export const meshRemark = (mesh: string | undefined, model: string): string | undefined => {
  if (mesh === undefined) return undefined;
  const [name = ''] = mesh.split('=');
  const verb = name === linkerd ? 'annotate' : 'label';
  return `a service mesh takes this pod's packets first (${mesh}), run: kubectl ${verb} namespace ${model} ${name}-`;
};
