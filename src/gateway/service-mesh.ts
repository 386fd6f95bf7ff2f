import { type Framework, type KubeObject, KubeApiError } from '@charm-ts/ops';
import { looksAtKubernetes } from '@charm-ts/vpn-gateway';

const key = 'service-mesh';

/** Labels and annotations of a namespace that take its pods into a mesh, and the values with which they do. */
const enrolments: readonly (readonly [string, RegExp])[] = [
  ['istio.io/dataplane-mode', /^ambient$/],
  ['istio-injection', /^enabled$/],
  ['istio.io/rev', /./],
  ['linkerd.io/inject', /^(enabled|ingress)$/],
];

/** What takes the pods of a namespace into a service mesh, as `label=value`. */
export const meshOf = (namespace: Pick<KubeObject, 'metadata'> | undefined): string | undefined => {
  const given = { ...namespace?.metadata.annotations, ...namespace?.metadata.labels };
  const found = enrolments.find(([name, value]) => value.test(given[name] ?? ''));
  return found === undefined ? undefined : `${found[0]}=${given[found[0]] ?? ''}`;
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
export const meshRemark = (mesh: string | undefined, model: string): string | undefined =>
  mesh === undefined
    ? undefined
    : `a service mesh takes this pod's packets first (${mesh}), run: kubectl label namespace ${model} ${mesh.split('=')[0] ?? ''}-`;
