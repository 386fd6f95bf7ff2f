import { apply, get, juju, namespace, path } from '../requests.js';
import type { Sequence } from '../sequence.js';

const none = { labelSelector: 'nosuch=x' };
const labels = { 'app.kubernetes.io/name': 'gluetun' };
const service = (name: string, spec: object) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace, labels },
  spec,
});
const configMap = (data: Readonly<Record<string, string>>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'question', namespace },
  data,
});

/** What the charm reads in order to know its cluster, and objects of kinds that it only reads. */
export const clusterSequences: readonly Sequence[] = [
  {
    name: 'discovery-reads',
    steps: [
      get('/api/v1/nodes', none),
      get('/apis/networking.k8s.io/v1/servicecidrs', none),
      get('/apis/discovery.k8s.io/v1/namespaces/default/endpointslices', none),
      get('/api/v1/services', none),
      get(path('Pod'), none),
      get(path('Service', 'kube-dns')),
      get('/api/v1/namespaces/default/endpoints/nosuch'),
      get('/api/v1/namespaces/nosuch'),
      get('/apis/apiextensions.k8s.io/v1/customresourcedefinitions/ciliumnetworkpolicies.cilium.io'),
    ],
  },
  {
    name: 'service-lifecycle',
    steps: [
      juju.create(
        path('Service'),
        service('gluetun', {
          clusterIP: '10.152.183.77',
          selector: labels,
          ports: [{ name: 'placeholder', port: 65_535 }],
        }),
      ),
      juju.create(
        path('Service'),
        service('gluetun-endpoints', { clusterIP: 'None', publishNotReadyAddresses: true, selector: labels }),
      ),
      get(path('Service', 'gluetun')),
      get(path('Service'), { labelSelector: 'app.kubernetes.io/name=gluetun' }),
    ],
  },
  {
    name: 'pod-lifecycle',
    steps: [
      juju.create(path('Pod'), {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'gluetun-0', namespace, labels },
        spec: {
          serviceAccountName: 'gluetun',
          automountServiceAccountToken: false,
          containers: [{ name: 'charm', image: 'charm-base:24.04' }],
        },
      }),
      get(path('Pod', 'gluetun-0')),
      get(path('Pod'), { labelSelector: 'app.kubernetes.io/name=gluetun' }),
    ],
  },
  {
    name: 'dry-run',
    steps: [
      apply(path('Service', 'question'), service('question', { clusterIP: '192.0.2.1', ports: [{ port: 53 }] }), {
        dryRun: true,
      }),
      get(path('Service', 'question')),
      apply(path('ConfigMap', 'question'), configMap({ mtu: '1320' }), { dryRun: true }),
      get(path('ConfigMap', 'question')),
      apply(path('ConfigMap', 'question'), configMap({ mtu: '1320' })),
      apply(path('ConfigMap', 'question'), configMap({ mtu: '1280' }), { dryRun: true }),
      get(path('ConfigMap', 'question')),
    ],
  },
];
