import type { PlainObject } from './plain-object.js';

/** A workload container as charm metadata and resources describe it. */
export interface JujuContainer {
  /** The `oci-image` resource. */
  readonly image: string;
  /** Storages of the charm that this container mounts, and where. */
  readonly mounts?: Readonly<Record<string, string>>;
}

/** What a StatefulSet of Juju 3.6 is made from. */
export interface JujuStatefulSetOptions {
  readonly app: string;
  readonly namespace: string;
  /** Version of the agent, `3.6.9`. */
  readonly jujuVersion: string;
  /** Grows with every refresh and changed resource. */
  readonly charmModifiedVersion: number;
  readonly containers: Readonly<Record<string, JujuContainer>>;
  /** Storages of the application; the `charm` container mounts all of them. */
  readonly storage?: readonly string[];
  readonly replicas?: number;
  /** `caas-image-repo` of the controller. */
  readonly imageRepository?: string;
  readonly controllerUuid?: string;
  readonly modelUuid?: string;
}

const pebblePort = 38_812;
/** Random in Juju, made once for an application; part of the names of its volume claims. */
const storageId = 'e7d974d9';
const health = (level: string, port: number, more: Readonly<Record<string, number>>): unknown => ({
  httpGet: { path: `/v1/health?level=${level}`, port },
  timeoutSeconds: 1,
  successThreshold: 1,
  ...more,
});
const probes = (port: number): Readonly<Record<string, unknown>> => ({
  livenessProbe: health('alive', port, { periodSeconds: 5, failureThreshold: 3 }),
  readinessProbe: health('ready', port, { periodSeconds: 5, failureThreshold: 1 }),
  startupProbe: health('alive', port, { periodSeconds: 1, failureThreshold: 30 }),
});
const charmData = (mountPath: string, subPath = mountPath.slice(1), readOnly = false): unknown => ({
  name: 'charm-data',
  mountPath,
  subPath,
  ...(readOnly ? { readOnly } : {}),
});

/**
 * The StatefulSet of a sidecar application without constraints and `charm-user`, as Juju 3.6 sends it (application.go): charm-init,
 * charm, then the workloads by name. What the API server adds by itself is not in it.
 */
export function jujuStatefulSet(options: JujuStatefulSetOptions): PlainObject {
  const { app, namespace, storage = [] } = options;
  const selector = { 'app.kubernetes.io/name': app };
  const annotations = {
    'controller.juju.is/id': options.controllerUuid ?? '11111111-1111-4111-8111-111111111111',
    'model.juju.is/id': options.modelUuid ?? '22222222-2222-4222-8222-222222222222',
    'juju.is/version': options.jujuVersion,
  };
  const workloads = Object.entries(options.containers).sort(([left], [right]) => (left < right ? -1 : 1));
  const names = workloads.map(([name]) => name).join(',');
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {
      name: app,
      namespace,
      labels: { ...selector, 'app.kubernetes.io/managed-by': 'juju' },
      annotations: { ...annotations, 'app.juju.is/uuid': storageId },
    },
    spec: {
      replicas: options.replicas ?? 1,
      selector: { matchLabels: selector },
      serviceName: `${app}-endpoints`,
      podManagementPolicy: 'Parallel',
      template: {
        metadata: { labels: selector, annotations },
        spec: {
          serviceAccountName: app,
          automountServiceAccountToken: true,
          terminationGracePeriodSeconds: 30,
          initContainers: [charmInit(options, names)],
          containers: [
            charm(options, names),
            ...workloads.map(([name, container], index) => workload(options, name, container, pebblePort + 1 + index)),
          ],
          volumes: [{ name: 'charm-data', emptyDir: {} }],
        },
      },
      ...(storage.length === 0 ? {} : { volumeClaimTemplates: storage.map((name) => claim(options, name)) }),
    },
  };
}

function charmInit(options: JujuStatefulSetOptions, names: string): unknown {
  const field = (name: string, fieldPath: string): unknown => ({ name, valueFrom: { fieldRef: { fieldPath } } });
  return {
    name: 'charm-init',
    image: jujuImage(options, `jujud-operator:${options.jujuVersion}`),
    imagePullPolicy: 'IfNotPresent',
    workingDir: '/var/lib/juju',
    command: ['/opt/containeragent'],
    args: [
      'init',
      ...['--containeragent-pebble-dir', '/containeragent/pebble'],
      ...['--charm-modified-version', String(options.charmModifiedVersion)],
      ...['--data-dir', '/var/lib/juju', '--bin-dir', '/charm/bin', '--profile-dir', '/containeragent/etc/profile.d'],
    ],
    env: [
      { name: 'JUJU_CONTAINER_NAMES', value: names },
      field('JUJU_K8S_POD_NAME', 'metadata.name'),
      field('JUJU_K8S_POD_UUID', 'metadata.uid'),
    ],
    envFrom: [{ secretRef: { name: `${options.app}-application-config` } }],
    volumeMounts: [
      charmData('/var/lib/juju'),
      charmData('/charm/bin'),
      charmData('/charm/containers'),
      charmData('/containeragent/pebble'),
      charmData('/containeragent/etc/profile.d'),
    ],
  };
}

function charm(options: JujuStatefulSetOptions, names: string): unknown {
  const { storage = [] } = options;
  return {
    name: 'charm',
    image: jujuImage(options, 'charm-base:ubuntu-24.04'),
    imagePullPolicy: 'IfNotPresent',
    workingDir: '/var/lib/juju',
    command: ['/charm/bin/pebble'],
    args: ['run', '--http', `:${pebblePort}`, '--verbose'],
    env: [
      { name: 'JUJU_CONTAINER_NAMES', value: names },
      { name: 'HTTP_PROBE_PORT', value: '3856' },
    ],
    ...probes(pebblePort),
    // 1024Mi, as its quantity writes it.
    resources: { requests: { memory: '64Mi' }, limits: { memory: '1Gi' } },
    securityContext: { runAsUser: 0, runAsGroup: 0 },
    volumeMounts: [
      charmData('/charm/bin', 'charm/bin', true),
      charmData('/var/lib/juju'),
      charmData('/charm/containers'),
      charmData('/var/lib/pebble/default', 'containeragent/pebble'),
      charmData('/var/log/juju', 'containeragent/var/log/juju'),
      ...storage.map((name) => ({ name: claimName(options, name), mountPath: `/var/lib/juju/storage/${name}/0` })),
    ],
  };
}

function workload(options: JujuStatefulSetOptions, name: string, container: JujuContainer, port: number): unknown {
  const { image, mounts = {} } = container;
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['/charm/bin/pebble'],
    args: ['run', '--create-dirs', '--hold', '--http', `:${port}`, '--verbose'],
    env: [
      { name: 'JUJU_CONTAINER_NAME', value: name },
      { name: 'PEBBLE_SOCKET', value: '/charm/container/pebble.socket' },
      { name: 'PEBBLE', value: '/charm/container/pebble' },
      { name: 'PEBBLE_COPY_ONCE', value: '/var/lib/pebble/default' },
    ],
    ...probes(port),
    resources: {},
    securityContext: { runAsUser: 0, runAsGroup: 0 },
    volumeMounts: [
      charmData('/charm/bin/pebble', 'charm/bin/pebble', true),
      charmData('/charm/container', `charm/containers/${name}`),
      ...Object.entries(mounts).map(([storage, mountPath]) => ({ name: claimName(options, storage), mountPath })),
    ],
  };
}

function claim(options: JujuStatefulSetOptions, storage: string): unknown {
  return {
    metadata: { name: claimName(options, storage), labels: { 'storage.juju.is/name': storage } },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  };
}

function claimName({ app }: JujuStatefulSetOptions, storage: string): string {
  return `${app}-${storage}-${storageId}`;
}

function jujuImage({ imageRepository = 'docker.io/jujusolutions' }: JujuStatefulSetOptions, name: string): string {
  return `${imageRepository}/${name}`;
}
