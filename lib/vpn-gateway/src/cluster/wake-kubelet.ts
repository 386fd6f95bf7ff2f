import { type KubeApi, KubeApiError } from '@charm-ts/ops';
import { settingsDigestAnnotation } from '../objects/names.js';

/**
 * The kubelet brings a changed ConfigMap into a pod about once a minute, and within a second when the pod itself changes. So each pod of the application gets an
 * annotation. Without the right to patch pods it only takes longer.
 */
export async function wakeKubelet(
  api: KubeApi,
  app: string,
  options: { readonly digest: string; readonly fieldManager: string },
): Promise<void> {
  try {
    const labelSelector = `app.kubernetes.io/name=${app}`;
    const body = { metadata: { annotations: { [settingsDigestAnnotation]: options.digest } } };
    for (const { metadata } of await api.list({ apiVersion: 'v1', kind: 'Pod', labelSelector })) {
      const pod = { apiVersion: 'v1', kind: 'Pod', name: metadata.name };
      await api.patch(pod, body, { type: 'merge', fieldManager: options.fieldManager });
    }
  } catch (error) {
    if (!(error instanceof KubeApiError)) throw error;
  }
}
