import type { KubeObject } from '@charm-ts/ops';
import { parseGatewayName } from '../contract/name-format.js';
import type { ExtraPeer } from '../peers/extra-peers.js';
import type { ClientSpec } from './client-protection.js';
import { clientPolicyName } from './names.js';
import {
  agentRules,
  applicationPeer,
  blockPeer,
  dnsRule,
  namespacePeer,
  type PolicyRule,
  port,
} from './network-peers.js';
import { ciliumApiServerPolicy, networkPolicy } from './network-policy.js';

/** The kill switch outside the pod: gateway, cluster DNS, API server, controllers, the pods of the own model, and extra peers. Only egress; replies are let through by every network that enforces policies. */
export function clientPolicies(spec: ClientSpec): readonly KubeObject[] {
  const { app, namespace, gateway, cluster, extraPeers = [] } = spec;
  const name = clientPolicyName(app);
  const peer = parseGatewayName(gateway.gateway_dns_name);
  // Data that was read has such a name; without one the gateway stays unreachable, which is the safe side.
  const gatewayRules =
    peer === undefined
      ? []
      : [{ peers: [applicationPeer(peer.namespace, peer.app)], ports: [port('UDP', gateway.vxlan_port)] }];
  const policy = networkPolicy({
    name,
    app,
    namespace,
    egress: [
      ...gatewayRules,
      dnsRule(cluster, gateway.cluster_dns_ip),
      ...agentRules(cluster),
      { peers: [{ podSelector: {} }], ports: [] },
      ...extraPeers.map(extraRule),
    ],
  });
  return cluster.cilium ? [policy, ciliumApiServerPolicy(name, spec)] : [policy];
}

/** Without a port it is a rule for all of them. */
function extraRule(extra: ExtraPeer): PolicyRule {
  const peer = extra.kind === 'range' ? blockPeer(extra.range.text) : namespacePeer(extra.namespace);
  return { peers: [peer], ports: extra.port === undefined ? [] : [port(extra.port.protocol, extra.port.number)] };
}
