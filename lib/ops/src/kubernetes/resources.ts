/** Where the objects of a kind are found. */
export interface Resource {
  readonly plural: string;
  readonly namespaced: boolean;
}

const namespaced = (plural: string): Resource => ({ plural, namespaced: true });
const clusterWide = (plural: string): Resource => ({ plural, namespaced: false });

/**
 * The kinds that charms use, by `apiVersion/kind`. A table spares every hook the discovery requests;
 * a kind that is missing is an error that says so.
 */
export const resources: Readonly<Record<string, Resource | undefined>> = {
  'v1/ConfigMap': namespaced('configmaps'),
  'v1/Endpoints': namespaced('endpoints'),
  'v1/Event': namespaced('events'),
  'v1/Namespace': clusterWide('namespaces'),
  'v1/Node': clusterWide('nodes'),
  'v1/PersistentVolumeClaim': namespaced('persistentvolumeclaims'),
  'v1/Pod': namespaced('pods'),
  'v1/Secret': namespaced('secrets'),
  'v1/Service': namespaced('services'),
  'v1/ServiceAccount': namespaced('serviceaccounts'),
  'apiextensions.k8s.io/v1/CustomResourceDefinition': clusterWide('customresourcedefinitions'),
  'apps/v1/ControllerRevision': namespaced('controllerrevisions'),
  'apps/v1/DaemonSet': namespaced('daemonsets'),
  'apps/v1/Deployment': namespaced('deployments'),
  'apps/v1/StatefulSet': namespaced('statefulsets'),
  'cilium.io/v2/CiliumNode': clusterWide('ciliumnodes'),
  'cilium.io/v2/CiliumNetworkPolicy': namespaced('ciliumnetworkpolicies'),
  'crd.projectcalico.org/v1/IPPool': clusterWide('ippools'),
  'discovery.k8s.io/v1/EndpointSlice': namespaced('endpointslices'),
  'networking.k8s.io/v1/NetworkPolicy': namespaced('networkpolicies'),
  'networking.k8s.io/v1/ServiceCIDR': clusterWide('servicecidrs'),
  'rbac.authorization.k8s.io/v1/ClusterRole': clusterWide('clusterroles'),
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding': clusterWide('clusterrolebindings'),
  'rbac.authorization.k8s.io/v1/Role': namespaced('roles'),
  'rbac.authorization.k8s.io/v1/RoleBinding': namespaced('rolebindings'),
};
