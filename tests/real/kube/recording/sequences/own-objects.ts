import { apply, get, namespace, path, remove } from '../requests.js';
import type { Sequence } from '../sequence.js';

const labels = { 'app.kubernetes.io/name': 'gluetun' };
const configMap = (data: Readonly<Record<string, string>>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'gluetun-gateway-settings', namespace, labels },
  data,
});
const policy = (cidr: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'gluetun-vpn-gateway', namespace, labels },
  spec: {
    podSelector: { matchLabels: labels },
    policyTypes: ['Egress'],
    egress: [
      { to: [{ ipBlock: { cidr } }], ports: [{ protocol: 'UDP', port: 51820 }] },
      { to: [{ podSelector: {} }], ports: [{ port: 53 }] },
    ],
  },
});
const settings = path('ConfigMap', 'gluetun-gateway-settings');
const gatewayPolicy = path('NetworkPolicy', 'gluetun-vpn-gateway');

/** Objects of the charm's own: created, left alone, changed, listed and removed by it. */
export const ownObjectSequences: readonly Sequence[] = [
  {
    name: 'configmap-lifecycle',
    steps: [
      get(settings),
      apply(settings, configMap({ settings: 'MTU=1320\n', common: '#!/bin/bash\n' })),
      apply(settings, configMap({ settings: 'MTU=1320\n', common: '#!/bin/bash\n' })),
      apply(settings, configMap({ settings: 'MTU=1280\n' })),
      get(path('ConfigMap'), { labelSelector: 'app.kubernetes.io/name=gluetun' }),
      get(path('ConfigMap'), { labelSelector: 'app.kubernetes.io/name=other' }),
      remove(settings),
      remove(settings),
    ],
  },
  {
    name: 'networkpolicy-lifecycle',
    steps: [
      apply(gatewayPolicy, policy('0.0.0.0/0')),
      apply(gatewayPolicy, policy('0.0.0.0/0')),
      apply(gatewayPolicy, policy('185.213.154.66/32')),
      apply(gatewayPolicy, policy('185.213.154.66')),
      get(path('NetworkPolicy')),
      remove(gatewayPolicy),
      get(gatewayPolicy),
    ],
  },
];
