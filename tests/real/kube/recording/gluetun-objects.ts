import { namespace } from './requests.js';

/** Juju's StatefulSet cut to what the merge rules work on: the recordings stay readable. */
export function smallStatefulSet({ image = 'gluetun:1', charmModifiedVersion = 0 } = {}) {
  const mount = (mountPath: string) => ({ name: 'charm-data', mountPath, subPath: mountPath.slice(1) });
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {
      name: 'gluetun',
      namespace,
      labels: { 'app.kubernetes.io/name': 'gluetun', 'app.kubernetes.io/managed-by': 'juju' },
      annotations: { 'juju.is/version': '3.6.9' },
    },
    spec: {
      replicas: 1,
      selector: { matchLabels: { 'app.kubernetes.io/name': 'gluetun' } },
      serviceName: 'gluetun-endpoints',
      podManagementPolicy: 'Parallel',
      template: {
        metadata: {
          labels: { 'app.kubernetes.io/name': 'gluetun' },
          annotations: { 'juju.is/version': '3.6.9' },
        },
        spec: {
          initContainers: [
            {
              name: 'charm-init',
              image: 'jujud-operator:3.6.9',
              args: ['init', '--charm-modified-version', String(charmModifiedVersion)],
              volumeMounts: [mount('/var/lib/juju')],
            },
          ],
          containers: [
            { name: 'charm', image: 'charm-base:24.04', volumeMounts: [mount('/var/lib/juju'), mount('/charm/bin')] },
            {
              name: 'gluetun',
              image,
              env: [{ name: 'JUJU_CONTAINER_NAME', value: 'gluetun' }],
              securityContext: { runAsUser: 0, runAsGroup: 0 },
              volumeMounts: [mount('/charm/container')],
            },
          ],
          volumes: [{ name: 'charm-data', emptyDir: {} }],
        },
      },
    },
  };
}

interface Delta {
  readonly initContainers?: readonly object[];
  readonly containers?: readonly object[];
  readonly volumes?: readonly object[];
}

/** An intent of the charm: identity, one annotation and the given items of the pod. */
export function intent(
  spec: Delta & Readonly<Record<string, unknown>>,
  annotations?: Readonly<Record<string, string>>,
) {
  return {
    ...emptyIntent,
    spec: { template: { ...(annotations === undefined ? {} : { metadata: { annotations } }), spec } },
  };
}

/** Nothing but the identity: takes back everything that the manager owned. */
export const emptyIntent = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'gluetun', namespace },
};

const image = 'pod-gateway:1';
const volumeMounts = [{ name: 'gateway-config', mountPath: '/vpn', readOnly: true }];

export const sidecar = {
  name: 'gateway-sidecar',
  image,
  command: ['/bin/bash', '/vpn/gateway-sidecar'],
  securityContext: { capabilities: { add: ['NET_ADMIN'] } },
  volumeMounts,
};
export const initContainer = {
  name: 'gateway-init',
  image,
  command: ['/bin/bash', '/vpn/gateway-init'],
  securityContext: { privileged: true },
  volumeMounts,
};
export const volume = { name: 'gateway-config', configMap: { name: 'gluetun-gateway-settings' } };
export const digest = { 'vpn-gateway/overlay-digest': '0123456789abcdef' };

/** What the gateway adds in one apply. */
export const gatewayIntent = intent(
  {
    initContainers: [initContainer],
    containers: [{ name: 'gluetun', securityContext: { capabilities: { add: ['NET_ADMIN'] } } }, sidecar],
    volumes: [volume],
  },
  digest,
);
/** The same items as a strategic merge patch, without Juju's container. */
export const additions = { initContainers: [initContainer], containers: [sidecar], volumes: [volume] };
