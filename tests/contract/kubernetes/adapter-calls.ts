import { KubeApiError, type KubeObject } from '@charm-ts/ops';

export const fieldManager = 'gluetun-k8s';

/** A ConfigMap that the tests of the adapter write. */
export const settings = (data: Readonly<Record<string, string>>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'settings', labels: { app: 'gluetun' } },
  data,
});
export const configMap = { apiVersion: 'v1', kind: 'ConfigMap', name: 'settings' } as const;

/** The error of a call that has to fail. */
export const failure = async (promise: Promise<unknown>): Promise<KubeApiError> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof KubeApiError)) throw new Error('no KubeApiError was thrown', { cause: error });
  return error;
};
