import type { PlainObject } from './plain-object.js';

/**
 * Addresses of the simulated cluster: one MicroK8s node, Calico-like pod addresses, CoreDNS, a Juju controller in the cluster that is
 * also reached from outside. The recorded cases of the pod simulation were made in the same network.
 */
export const clusterNetwork = {
  node: '192.168.7.9',
  podRange: '10.1.0.0/16',
  nodePodRange: '10.1.0.0/24',
  serviceRange: '10.152.183.0/24',
  apiService: '10.152.183.1',
  apiPort: 16_443,
  dnsService: '10.152.183.10',
  controllerService: '10.152.183.61',
  controllerOutside: '203.0.113.170',
  controllerPort: 17_070,
} as const;

/** `JUJU_API_ADDRESSES`. */
export const apiAddresses: readonly string[] = [clusterNetwork.controllerService, clusterNetwork.controllerOutside].map(
  (address) => `${address}:${clusterNetwork.controllerPort}`,
);

export const controllerName = 'micro';

/** What is in any cluster before the first application. */
export function clusterObjects(modelName: string): readonly PlainObject[] {
  const controller = `controller-${controllerName}`;
  return [
    ...['default', 'kube-system', controller, modelName].map(namespaceOf),
    node(),
    service(
      'default',
      'kubernetes',
      clusterNetwork.apiService,
      [{ name: 'https', port: 443, targetPort: clusterNetwork.apiPort }],
      {
        component: 'apiserver',
        provider: 'kubernetes',
      },
    ),
    {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: { name: 'kubernetes', namespace: 'default' },
      subsets: [
        {
          addresses: [{ ip: clusterNetwork.node }],
          ports: [{ name: 'https', port: clusterNetwork.apiPort, protocol: 'TCP' }],
        },
      ],
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: 'kubernetes',
        namespace: 'default',
        labels: { 'kubernetes.io/service-name': 'kubernetes' },
      },
      addressType: 'IPv4',
      endpoints: [{ addresses: [clusterNetwork.node], conditions: { ready: true } }],
      ports: [{ name: 'https', port: clusterNetwork.apiPort, protocol: 'TCP' }],
    },
    service(
      'kube-system',
      'kube-dns',
      clusterNetwork.dnsService,
      [
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
        { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
      ],
      { 'k8s-app': 'kube-dns' },
    ),
    service(controller, 'controller-service', clusterNetwork.controllerService, [
      { name: 'api-server', port: clusterNetwork.controllerPort, targetPort: clusterNetwork.controllerPort },
    ]),
    {
      apiVersion: 'crd.projectcalico.org/v1',
      kind: 'IPPool',
      metadata: { name: 'default-ipv4-ippool' },
      spec: { cidr: clusterNetwork.podRange, ipipMode: 'Never', vxlanMode: 'Always', natOutgoing: true },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'ServiceCIDR',
      metadata: { name: 'kubernetes' },
      spec: { cidrs: [clusterNetwork.serviceRange] },
    },
  ];
}

function namespaceOf(name: string): PlainObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  };
}

function node(): PlainObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: 'node-0',
      labels: { 'kubernetes.io/hostname': 'node-0' },
      annotations: { 'projectcalico.org/IPv4Address': `${clusterNetwork.node}/24` },
    },
    spec: { podCIDR: clusterNetwork.nodePodRange, podCIDRs: [clusterNetwork.nodePodRange] },
    status: {
      addresses: [
        { type: 'InternalIP', address: clusterNetwork.node },
        { type: 'Hostname', address: 'node-0' },
      ],
      nodeInfo: { kubeletVersion: 'v1.35.4' },
    },
  };
}

function service(
  namespace: string,
  name: string,
  clusterIP: string,
  ports: readonly Readonly<Record<string, string | number>>[],
  labels: Readonly<Record<string, string>> = {},
): PlainObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels },
    spec: {
      type: 'ClusterIP',
      clusterIP,
      clusterIPs: [clusterIP],
      ports: ports.map((port) => ({ protocol: 'TCP', ...port })),
      ...(Object.keys(labels).length > 0 ? { selector: labels } : {}),
    },
  };
}
