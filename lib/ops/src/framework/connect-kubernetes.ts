import type { Environment } from '../juju/environment.js';
import type { KubeApi } from '../kubernetes/kube-api.js';

/** Loads the Kubernetes client, which is large and which few hooks need, and connects with the pod's service account. */
export const connectKubernetes = async (environment: Environment, root: string): Promise<KubeApi> => {
  const { connectInCluster } = await import('@charm-ts/ops/kubernetes');
  return connectInCluster({ environment, root });
};
