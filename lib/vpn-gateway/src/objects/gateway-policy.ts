import type { KubeObject } from '@charm-ts/ops';
import { containsAny, forbiddenRanges, privateRanges } from '../cidr/special-ranges.js';
import type { GatewaySpec } from './gateway-protection.js';
import { gatewayPolicyName, pebblePorts } from './names.js';
import {
  type PolicyRule,
  addressPeer,
  agentRules,
  applicationPeer,
  blockPeer,
  dnsRule,
  port,
} from './network-peers.js';
import { ciliumApiServerPolicy, networkPolicy } from './network-policy.js';

/** The policies of a gateway: layer 3 of the protection, for the day on which Gluetun's firewall falls back to "accept". */
export function gatewayPolicies(spec: GatewaySpec): readonly KubeObject[] {
  const { app, namespace, overlay, cluster, legacyClients = false } = spec;
  const name = gatewayPolicyName(app);
  const overlayPort = [port('UDP', overlay.port)];
  const policy = networkPolicy({
    name,
    app,
    namespace,
    ingress: [
      ...clientRules(spec, legacyClients ? [] : overlayPort),
      ...(cluster.nodes.length === 0
        ? []
        : [
            {
              peers: cluster.nodes.map(addressPeer),
              ports: [{ ...port('TCP', pebblePorts.first), endPort: pebblePorts.last }],
            },
          ]),
    ],
    egress: [
      // The gateway's own packets to its clients are not replies: VXLAN picks a source port of its own.
      ...clientRules(spec, overlayPort),
      dnsRule(cluster),
      ...agentRules(cluster),
      outsideRule(spec),
    ],
  });
  return cluster.cilium ? [policy, ciliumApiServerPolicy(name, spec)] : [policy];
}

/** No rule without clients. Sorted, so that the order of the relations changes nothing. */
function clientRules({ clients }: GatewaySpec, ports: PolicyRule['ports']): readonly PolicyRule[] {
  if (clients === undefined) return [{ peers: [{ namespaceSelector: {} }], ports }];
  const peers = [...clients]
    .sort((one, other) => (`${one.namespace}/${one.app}` < `${other.namespace}/${other.app}` ? -1 : 1))
    .map((pod) => applicationPeer(pod.namespace, pod.app));
  return peers.length === 0 ? [] : [{ peers, ports }];
}

/** The tunnel's own packets: UDP to the one server, or to anything that is neither the cluster's nor private. Never TCP. */
function outsideRule({ endpoint, clusterCidrs }: GatewaySpec): PolicyRule {
  if (endpoint !== undefined) {
    return { peers: [addressPeer(endpoint.address)], ports: [port('UDP', endpoint.port)] };
  }
  const kept = [...privateRanges, ...forbiddenRanges.flatMap(({ ranges }) => ranges)].filter(
    ({ family }) => family === 4,
  );
  const own = clusterCidrs.filter((prefix) => prefix.family === 4 && !containsAny(kept, prefix));
  const except = [...kept, ...own].map(({ text }) => text).sort();
  return { peers: [blockPeer('0.0.0.0/0', except)], ports: [{ protocol: 'UDP' }] };
}
