import type { KubeObject } from '@charm-ts/ops';

/** A StatefulSet of the shape that Juju 3.6 makes, cut to what merging and validation look at. */
export const jujuStatefulSet = (name = 'gluetun', namespace = 'media'): KubeObject => {
  const labels = { 'app.kubernetes.io/name': name };
  const mount = { name: 'charm-data', mountPath: '/charm/container', subPath: 'charm/containers' };
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace, labels: { ...labels, 'app.kubernetes.io/managed-by': 'juju' } },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      serviceName: `${name}-endpoints`,
      podManagementPolicy: 'Parallel',
      template: {
        metadata: { labels, annotations: { 'juju.is/version': '3.6.9' } },
        spec: {
          serviceAccountName: name,
          automountServiceAccountToken: true,
          initContainers: [{ name: 'charm-init', image: 'jujud-operator:3.6.9', volumeMounts: [mount] }],
          containers: [
            { name: 'charm', image: 'charm-base:24.04', volumeMounts: [mount] },
            {
              name,
              image: `${name}:1`,
              env: [{ name: 'PEBBLE', value: '/charm/container/pebble' }],
              securityContext: { runAsUser: 0, runAsGroup: 0 },
              volumeMounts: [mount],
            },
          ],
          volumes: [{ name: 'charm-data', emptyDir: {} }],
        },
      },
    },
  };
};
