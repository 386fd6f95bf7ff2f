import type { KubeObject } from '@charm-ts/ops';

/** What the controller varies when it applies the object again. */
export interface JujuRevision {
  readonly charmModifiedVersion: number;
  readonly agentVersion: string;
  /** Image of each workload container, in order of name. */
  readonly images: Readonly<Record<string, string>>;
}

const charmData = (mountPath: string, subPath = mountPath.slice(1), readOnly?: true) => ({
  name: 'charm-data',
  mountPath,
  subPath,
  ...(readOnly === undefined ? {} : { readOnly }),
});

function probes(port: number) {
  const probe = (level: string, periodSeconds: number, failureThreshold: number) => ({
    httpGet: { path: `/v1/health?level=${level}`, port },
    timeoutSeconds: 1,
    periodSeconds,
    successThreshold: 1,
    failureThreshold,
  });
  return {
    livenessProbe: probe('alive', 5, 3),
    readinessProbe: probe('ready', 5, 1),
    startupProbe: probe('alive', 1, 30),
  };
}

function charmInit(app: string, containers: string, { agentVersion, charmModifiedVersion }: JujuRevision) {
  return {
    name: 'charm-init',
    image: `docker.io/jujusolutions/jujud-operator:${agentVersion}`,
    imagePullPolicy: 'IfNotPresent',
    workingDir: '/var/lib/juju',
    command: ['/opt/containeragent'],
    args: [
      'init',
      ...['--containeragent-pebble-dir', '/containeragent/pebble'],
      ...['--charm-modified-version', String(charmModifiedVersion)],
      ...['--data-dir', '/var/lib/juju', '--bin-dir', '/charm/bin', '--profile-dir', '/containeragent/etc/profile.d'],
    ],
    env: [
      { name: 'JUJU_CONTAINER_NAMES', value: containers },
      { name: 'JUJU_K8S_POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'JUJU_K8S_POD_UUID', valueFrom: { fieldRef: { fieldPath: 'metadata.uid' } } },
    ],
    envFrom: [{ secretRef: { name: `${app}-application-config` } }],
    volumeMounts: [
      charmData('/var/lib/juju'),
      charmData('/charm/bin'),
      charmData('/charm/containers'),
      charmData('/containeragent/pebble'),
      charmData('/containeragent/etc/profile.d'),
    ],
  };
}

function charmContainer(containers: string) {
  return {
    name: 'charm',
    image: 'docker.io/jujusolutions/charm-base:ubuntu-24.04',
    imagePullPolicy: 'IfNotPresent',
    workingDir: '/var/lib/juju',
    command: ['/charm/bin/pebble'],
    args: ['run', '--http', ':38812', '--verbose'],
    env: [
      { name: 'JUJU_CONTAINER_NAMES', value: containers },
      { name: 'HTTP_PROBE_PORT', value: '3856' },
    ],
    ...probes(38812),
    resources: { requests: { memory: '64Mi' }, limits: { memory: '1024Mi' } },
    securityContext: { runAsUser: 0, runAsGroup: 0 },
    volumeMounts: [
      charmData('/charm/bin', 'charm/bin', true),
      charmData('/var/lib/juju'),
      charmData('/charm/containers'),
      charmData('/var/lib/pebble/default', 'containeragent/pebble'),
      charmData('/var/log/juju', 'containeragent/var/log/juju'),
    ],
  };
}

function workloadContainer(name: string, image: string, port: number) {
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['/charm/bin/pebble'],
    args: ['run', '--create-dirs', '--hold', '--http', `:${String(port)}`, '--verbose'],
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
    ],
  };
}

/** The StatefulSet as Juju 3.6.9 creates it for a sidecar application without storage, constraints or `charm-user`. */
export function jujuStatefulSet(namespace: string, app: string, revision: JujuRevision): KubeObject {
  const annotations = {
    'controller.juju.is/id': '11111111-1111-4111-8111-111111111111',
    'model.juju.is/id': '22222222-2222-4222-8222-222222222222',
    'juju.is/version': revision.agentVersion,
  };
  const names = Object.keys(revision.images).sort();
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {
      name: app,
      namespace,
      labels: { 'app.kubernetes.io/name': app, 'app.kubernetes.io/managed-by': 'juju' },
      annotations: { ...annotations, 'app.juju.is/uuid': 'e7d974d9' },
    },
    spec: {
      replicas: 1,
      selector: { matchLabels: { 'app.kubernetes.io/name': app } },
      serviceName: `${app}-endpoints`,
      podManagementPolicy: 'Parallel',
      template: {
        metadata: { labels: { 'app.kubernetes.io/name': app }, annotations },
        spec: {
          serviceAccountName: app,
          automountServiceAccountToken: true,
          terminationGracePeriodSeconds: 30,
          initContainers: [charmInit(app, names.join(','), revision)],
          containers: [
            charmContainer(names.join(',')),
            ...names.map((name, index) => workloadContainer(name, revision.images[name] ?? '', 38813 + index)),
          ],
          volumes: [{ name: 'charm-data', emptyDir: {} }],
        },
      },
    },
  };
}
