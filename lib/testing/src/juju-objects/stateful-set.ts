import type { CharmDefinition } from '../charm/charm-definition.js';
import type { PlainObject } from './plain-object.js';

export interface StatefulSetOptions {
  readonly app: string;
  readonly namespace: string;
  readonly charm: CharmDefinition;
  readonly jujuVersion: string;
  readonly annotations: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly replicas: number;
  readonly resources: ReadonlyMap<string, string>;
  /** Grows with every refresh and changed resource. */
  readonly charmModifiedVersion: number;
}

const pebblePort = 38_812;
const health = (level: string, port: number, more: Readonly<Record<string, number>>): unknown => ({
  httpGet: { path: `/v1/health?level=${level}`, port, scheme: 'HTTP' },
  timeoutSeconds: 1,
  successThreshold: 1,
  ...more,
});
const probes = (port: number): Readonly<Record<string, unknown>> => ({
  livenessProbe: health('alive', port, { periodSeconds: 5, failureThreshold: 3 }),
  readinessProbe: health('ready', port, { periodSeconds: 5, failureThreshold: 1 }),
  startupProbe: health('alive', port, { periodSeconds: 1, failureThreshold: 30 }),
});
const mount = (mountPath: string, subPath: string, readOnly = false): unknown => ({
  name: 'charm-data',
  mountPath,
  subPath,
  ...(readOnly ? { readOnly } : {}),
});

/** The StatefulSet of a sidecar application as Juju 3.6 writes it (application.go): charm-init, charm, then the workloads by name. */
export function statefulSet(options: StatefulSetOptions): PlainObject {
  const { app, namespace, annotations, labels } = options;
  const selector = { 'app.kubernetes.io/name': app };
  const workloads = Object.keys(options.charm.containers).sort();
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: app, namespace, labels, annotations: { ...annotations, 'app.juju.is/uuid': 'e7d974d9' } },
    spec: {
      replicas: options.replicas,
      selector: { matchLabels: selector },
      serviceName: `${app}-endpoints`,
      podManagementPolicy: 'Parallel',
      template: {
        metadata: { labels: selector, annotations },
        spec: {
          serviceAccountName: app,
          automountServiceAccountToken: true,
          terminationGracePeriodSeconds: 30,
          dnsPolicy: 'ClusterFirst',
          restartPolicy: 'Always',
          schedulerName: 'default-scheduler',
          securityContext: {},
          initContainers: [charmInit(options, workloads)],
          containers: [
            charmContainer(workloads),
            ...workloads.map((name, index) => workload(options, name, pebblePort + 1 + index)),
          ],
          volumes: [{ name: 'charm-data', emptyDir: {} }],
        },
      },
    },
  };
}

function charmInit(options: StatefulSetOptions, workloads: readonly string[]): unknown {
  const field = (name: string, fieldPath: string): unknown => ({ name, valueFrom: { fieldRef: { fieldPath } } });
  return {
    name: 'charm-init',
    image: `docker.io/jujusolutions/jujud-operator:${options.jujuVersion}`,
    imagePullPolicy: 'IfNotPresent',
    workingDir: '/var/lib/juju',
    command: ['/opt/containeragent'],
    args: [
      'init',
      '--containeragent-pebble-dir',
      '/containeragent/pebble',
      '--charm-modified-version',
      String(options.charmModifiedVersion),
      '--data-dir',
      '/var/lib/juju',
      '--bin-dir',
      '/charm/bin',
      '--profile-dir',
      '/containeragent/etc/profile.d',
    ],
    env: [
      { name: 'JUJU_CONTAINER_NAMES', value: workloads.join(',') },
      field('JUJU_K8S_POD_NAME', 'metadata.name'),
      field('JUJU_K8S_POD_UUID', 'metadata.uid'),
    ],
    envFrom: [{ secretRef: { name: `${options.app}-application-config` } }],
    volumeMounts: [
      mount('/var/lib/juju', 'var/lib/juju'),
      mount('/charm/bin', 'charm/bin'),
      mount('/charm/containers', 'charm/containers'),
      mount('/containeragent/pebble', 'containeragent/pebble'),
      mount('/containeragent/etc/profile.d', 'containeragent/etc/profile.d'),
    ],
  };
}

function charmContainer(workloads: readonly string[]): unknown {
  return {
    name: 'charm',
    image: 'docker.io/jujusolutions/charm-base:ubuntu-24.04',
    imagePullPolicy: 'IfNotPresent',
    workingDir: '/var/lib/juju',
    command: ['/charm/bin/pebble'],
    args: ['run', '--http', `:${pebblePort}`, '--verbose'],
    env: [
      { name: 'JUJU_CONTAINER_NAMES', value: workloads.join(',') },
      { name: 'HTTP_PROBE_PORT', value: '3856' },
    ],
    ...probes(pebblePort),
    resources: { requests: { memory: '64Mi' }, limits: { memory: '1Gi' } },
    securityContext: { runAsUser: 0, runAsGroup: 0 },
    volumeMounts: [
      mount('/charm/bin', 'charm/bin', true),
      mount('/var/lib/juju', 'var/lib/juju'),
      mount('/charm/containers', 'charm/containers'),
      mount('/var/lib/pebble/default', 'containeragent/pebble'),
      mount('/var/log/juju', 'containeragent/var/log/juju'),
    ],
  };
}

function workload(options: StatefulSetOptions, name: string, port: number): unknown {
  const resource = options.charm.containers[name]?.resource;
  return {
    name,
    image:
      (resource === undefined ? undefined : options.resources.get(resource)) ?? `registry.invalid/${resource ?? name}`,
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
      mount('/charm/bin/pebble', 'charm/bin/pebble', true),
      mount('/charm/container', `charm/containers/${name}`),
    ],
  };
}
