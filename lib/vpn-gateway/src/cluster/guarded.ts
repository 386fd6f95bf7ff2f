import type { KubeApi, SettableStatus } from '@charm-ts/ops';
import type { AppSeam, FrameworkSeam } from '../charm/charm-seam.js';
import { statusOfKubeError } from './kube-status.js';

/** Works with the API server; a refusal, or no answer, becomes the status that tells the operator. */
export async function guarded<T>(
  { framework, app }: { readonly framework: FrameworkSeam; readonly app: AppSeam },
  work: (api: KubeApi) => Promise<T>,
): Promise<T | { readonly kind: 'refused'; readonly status: SettableStatus }> {
  try {
    return await work(await framework.kubeApi());
  } catch (error) {
    return { kind: 'refused', status: statusOfKubeError(error, app.name) };
  }
}
