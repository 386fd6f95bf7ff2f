import type { Application } from '../model/application.js';
import type { JujuModel } from '../model/juju-model.js';
import { apiAddresses } from './cluster-objects.js';
import type { PlainObject } from './plain-object.js';
import { type JujuContainer, jujuStatefulSet } from './stateful-set.js';

/** What Juju creates in the cluster for a sidecar application, in its order: the StatefulSet comes last. */
export function applicationObjects(
  model: JujuModel,
  application: Application,
  clusterIP: string,
): readonly PlainObject[] {
  const { name } = application;
  const namespace = model.name;
  const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/managed-by': 'juju' };
  const annotations = {
    'controller.juju.is/id': model.controllerUuid,
    'model.juju.is/id': model.uuid,
    'juju.is/version': model.jujuVersion,
  };
  const metadata = { name, namespace, labels, annotations };
  const clusterWide = { name: `${namespace}-${name}`, labels, annotations };
  const subjects = [{ kind: 'ServiceAccount', name, namespace }];
  const roleRef = (kind: string, role: string): unknown => ({
    apiGroup: 'rbac.authorization.k8s.io',
    kind,
    name: role,
  });
  const rules = roleRules(application.trust, namespace);
  return [
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { ...metadata, name: `${name}-application-config` },
      type: 'Opaque',
      data: encoded({
        JUJU_K8S_APPLICATION: name,
        JUJU_K8S_MODEL: model.uuid,
        JUJU_K8S_CONTROLLER_ADDRESSES: apiAddresses.join(','),
      }),
    },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules: rules.namespaced },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      subjects,
      roleRef: roleRef('Role', name),
    },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: clusterWide, rules: rules.cluster },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: clusterWide,
      subjects,
      roleRef: roleRef('ClusterRole', clusterWide.name),
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        type: 'ClusterIP',
        clusterIP,
        clusterIPs: [clusterIP],
        selector: { 'app.kubernetes.io/name': name },
        ports: [{ name: 'placeholder', port: 65_535, protocol: 'TCP', targetPort: 65_535 }],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        ...metadata,
        name: `${name}-endpoints`,
        annotations: { ...annotations, 'service.alpha.kubernetes.io/tolerate-unready-endpoints': 'true' },
      },
      spec: {
        type: 'ClusterIP',
        clusterIP: 'None',
        clusterIPs: ['None'],
        publishNotReadyAddresses: true,
        selector: { 'app.kubernetes.io/name': name },
      },
    },
    jujuStatefulSet({
      app: name,
      namespace,
      jujuVersion: model.jujuVersion,
      controllerUuid: model.controllerUuid,
      modelUuid: model.uuid,
      replicas: application.scale,
      storage: application.storages,
      containers: containersOf(application),
      charmModifiedVersion: 0,
    }),
  ];
}

function containersOf(application: Application): Readonly<Record<string, JujuContainer>> {
  const { charm, storages } = application;
  return Object.fromEntries(
    Object.entries(charm.containers).map(([container, { mounts = [] }]) => {
      const present = mounts.filter(({ storage }) => storages.includes(storage));
      const places = Object.fromEntries(present.map(({ storage, location }) => [storage, location]));
      return [container, { image: application.imageOf(container), mounts: places }];
    }),
  );
}

/** RBAC of an application: next to nothing without trust, everything with it (trust.go). */
export function roleRules(
  trust: boolean,
  namespace: string,
): { readonly namespaced: readonly unknown[]; readonly cluster: readonly unknown[] } {
  if (trust) {
    const all = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];
    return { namespaced: all, cluster: all };
  }
  return {
    namespaced: [
      { apiGroups: [''], resources: ['namespaces'], resourceNames: [namespace], verbs: ['get', 'list'] },
      { apiGroups: [''], resources: ['pods', 'services'], verbs: ['get', 'list', 'patch'] },
      { apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] },
    ],
    cluster: [{ apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list'] }],
  };
}

function encoded(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]));
}
