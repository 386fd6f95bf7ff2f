import type { JsonObject } from '../json/json.js';
import {
  bindingSchema,
  configMapSchema,
  networkPolicySchema,
  openSchema,
  podSchema,
  roleSchema,
  secretSchema,
  serviceSchema,
  statefulSetSchema,
} from '../schema/kind-schemas.js';
import type { StructSchema } from '../schema/schema.js';
import type { FailureCause } from './api-failure.js';
import { networkPolicyDefaults } from './network-policy-defaults.js';
import { podAdmission, podDefaults, podSpecDefaults } from './pod-defaults.js';
import { serviceAddresses, serviceDefaults, validateService } from './service-defaults.js';
import { statefulSetDefaults } from './stateful-set-defaults.js';
import { validateNetworkPolicy } from './validate-network-policy.js';
import { validateStatefulSet } from './validate-stateful-set.js';

/** What the server knows of a kind. */
export interface KindInfo {
  readonly apiVersion: string;
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly schema: StructSchema;
  /** Whether a change of the spec counts in `metadata.generation`. */
  readonly counted: boolean;
  /** Custom resources keep `apiVersion` and `kind` in lists. */
  readonly custom: boolean;
  /** The empty object of the Go type: parts of it are there before anybody writes, so nobody comes to own them. */
  readonly skeleton: JsonObject;
  readonly defaults: (object: JsonObject) => JsonObject;
  /** What the server chooses itself, after it has noted who owns which field: nobody owns these. */
  readonly allocate: (object: JsonObject) => JsonObject;
  readonly validate: (object: JsonObject, live: JsonObject | undefined) => readonly FailureCause[];
}

type Extras = Partial<
  Pick<KindInfo, 'schema' | 'counted' | 'custom' | 'skeleton' | 'defaults' | 'allocate' | 'validate'>
>;

const define =
  (namespaced: boolean) =>
  (apiVersion: string, kind: string, plural: string, extras: Extras = {}): KindInfo => ({
    apiVersion,
    group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '',
    kind,
    plural,
    namespaced,
    schema: openSchema,
    counted: false,
    custom: false,
    skeleton: { metadata: {} },
    defaults: (object) => object,
    allocate: (object) => object,
    validate: () => [],
    ...extras,
  });
const namespaced = define(true);
const clusterWide = define(false);

const rbac = 'rbac.authorization.k8s.io/v1';

/** The kinds that the server serves. */
export const kinds: readonly KindInfo[] = [
  namespaced('v1', 'ConfigMap', 'configmaps', { schema: configMapSchema }),
  namespaced('v1', 'Endpoints', 'endpoints'),
  clusterWide('v1', 'Namespace', 'namespaces'),
  clusterWide('v1', 'Node', 'nodes'),
  namespaced('v1', 'Pod', 'pods', {
    schema: podSchema,
    counted: true,
    skeleton: { metadata: {}, spec: { containers: null }, status: {} },
    defaults: podDefaults,
    allocate: podAdmission,
  }),
  namespaced('v1', 'Secret', 'secrets', { schema: secretSchema }),
  namespaced('v1', 'Service', 'services', {
    schema: serviceSchema,
    skeleton: { metadata: {}, spec: {}, status: { loadBalancer: {} } },
    defaults: serviceDefaults,
    allocate: serviceAddresses,
    validate: validateService,
  }),
  namespaced('v1', 'ServiceAccount', 'serviceaccounts'),
  clusterWide('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions'),
  namespaced('apps/v1', 'StatefulSet', 'statefulsets', {
    schema: statefulSetSchema,
    counted: true,
    skeleton: {
      metadata: {},
      spec: {
        selector: null,
        serviceName: '',
        template: { metadata: {}, spec: { containers: null } },
        updateStrategy: {},
      },
      status: { replicas: 0, availableReplicas: 0 },
    },
    defaults: (object) => statefulSetDefaults(object, podSpecDefaults),
    validate: validateStatefulSet,
  }),
  namespaced('cilium.io/v2', 'CiliumNetworkPolicy', 'ciliumnetworkpolicies', { counted: true, custom: true }),
  clusterWide('crd.projectcalico.org/v1', 'IPPool', 'ippools', { counted: true, custom: true }),
  namespaced('discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices'),
  namespaced('networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies', {
    schema: networkPolicySchema,
    counted: true,
    skeleton: { metadata: {}, spec: { podSelector: {} } },
    defaults: networkPolicyDefaults,
    validate: validateNetworkPolicy,
  }),
  clusterWide('networking.k8s.io/v1', 'ServiceCIDR', 'servicecidrs'),
  clusterWide(rbac, 'ClusterRole', 'clusterroles', { schema: roleSchema }),
  clusterWide(rbac, 'ClusterRoleBinding', 'clusterrolebindings', { schema: bindingSchema }),
  namespaced(rbac, 'Role', 'roles', { schema: roleSchema }),
  namespaced(rbac, 'RoleBinding', 'rolebindings', { schema: bindingSchema }),
];

/** The kind of an object, or `undefined` for one that the server does not serve. */
export const kindOf = (apiVersion: string, kind: string): KindInfo | undefined =>
  kinds.find((info) => info.apiVersion === apiVersion && info.kind === kind);
