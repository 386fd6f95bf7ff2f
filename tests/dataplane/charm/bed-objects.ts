import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlainObject } from '../../../lib/testing/src/juju-objects/plain-object.js';
import type { Cluster } from '../../../lib/testing/src/pod/cluster.js';
import { imageEnvironment } from '../../real/gluetun/image-environment.js';

interface Named {
  readonly name: string;
  readonly [field: string]: unknown;
}

interface PodTemplate {
  readonly metadata: object;
  readonly spec: {
    readonly initContainers: readonly Named[];
    readonly containers: readonly Named[];
    readonly volumes: readonly Named[];
  };
}

const namespace = 'media';
const app = 'gluetun';

const read = (cluster: Cluster, apiVersion: string, kind: string, name: string): PlainObject | undefined =>
  cluster.get({ apiVersion, kind, namespace, name });

const templateOf = (cluster: Cluster): PodTemplate => {
  const stored = read(cluster, 'apps/v1', 'StatefulSet', app);
  return (stored?.['spec'] as { readonly template: PodTemplate }).template;
};

/** Variables of Gluetun's image, and the certificate that the servers of the bed have. */
const image: Readonly<Record<string, string>> = { ...imageEnvironment, SSL_CERT_FILE: '/certificate.pem' };

/** The same, as a process gets them. */
export const imageVariables: readonly string[] = Object.entries(image).map(([name, value]) => `${name}=${value}`);

const isJujus = (name: string): boolean => name.startsWith('charm');

/** The bed starts no container of Juju's, and Gluetun's in its own way: what is left is what the charm has added. */
const withoutJuju = ({ spec }: PodTemplate): object => ({
  initContainers: spec.initContainers.filter(({ name }) => !isJujus(name)),
  containers: spec.containers
    .filter(({ name }) => !isJujus(name))
    .map((container) => {
      if (container.name !== app) return container;
      const mounts = (container['volumeMounts'] ?? []) as readonly Named[];
      return {
        name: app,
        securityContext: container['securityContext'],
        volumeMounts: mounts.filter(({ name }) => !isJujus(name)),
        env: [
          ...((container['env'] ?? []) as readonly Named[]),
          ...Object.entries(image).map(([name, value]) => ({ name, value })),
        ],
      };
    }),
  volumes: spec.volumes.filter(({ name }) => !isJujus(name)),
});

/** The objects that the charm has made of the gateway, in the form in which the bed starts pods; undefined before there are any. */
export const bedObjects = (cluster: Cluster): object | undefined => {
  const configMap = read(cluster, 'v1', 'ConfigMap', `${app}-gateway-settings`);
  if (configMap === undefined) return undefined;
  return { statefulSet: { spec: { template: { spec: withoutJuju(templateOf(cluster)) } } }, configMap };
};

/** The StatefulSet controller: the pod as it is made from the template. */
export const putPod = (cluster: Cluster): void => {
  const { metadata, spec } = templateOf(cluster);
  cluster.put({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadata,
      name: `${app}-0`,
      namespace,
      labels: { 'app.kubernetes.io/name': app, 'statefulset.kubernetes.io/pod-name': `${app}-0` },
    },
    spec: { ...spec, nodeName: 'node-0', hostname: `${app}-0` },
    status: { phase: 'Running', podIP: '10.1.0.10', hostIP: '192.168.7.9' },
  });
};

/** The kubelet: a changed ConfigMap shows up in the pod's volume, all files at one moment. */
export const mountSettings = (cluster: Cluster, pod: string): void => {
  const data = read(cluster, 'v1', 'ConfigMap', `${app}-gateway-settings`)?.['data'] as Readonly<
    Record<string, string>
  >;
  const volume = join(pod, 'volumes/gateway-config');
  const version = `..v${String(process.hrtime.bigint())}`;
  mkdirSync(join(volume, version));
  for (const [name, text] of Object.entries(data)) writeFileSync(join(volume, version, name), text);
  const link = join(volume, '..data.charm');
  symlinkSync(version, link);
  renameSync(link, join(volume, '..data'));
};
