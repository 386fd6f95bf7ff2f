import type { Removal } from './protection.js';
import { clientConfigMapName, clientPolicyName, gatewayConfigMapName, gatewayPolicyName, podItems } from './names.js';

function policies(name: string): Removal['policies'] {
  return [
    { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', name: `${name}-cilium` },
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', name },
  ];
}

/** What a client leaves behind. */
export function clientRemoval(app: string): Removal {
  return {
    containers: podItems.client,
    configMap: clientConfigMapName(app),
    policies: policies(clientPolicyName(app)),
  };
}

/** What a gateway leaves behind. */
export function gatewayRemoval(app: string): Removal {
  return {
    containers: podItems.gateway,
    configMap: gatewayConfigMapName(app),
    policies: policies(gatewayPolicyName(app)),
  };
}
