import type { KubeObject } from '@charm-ts/ops';
import { ownObject } from './own-object.js';
import type { PolicyRule } from './network-peers.js';

/** Whose pods a policy is for, and what it lets through. */
export interface PolicySpec {
  readonly name: string;
  readonly app: string;
  readonly namespace: string;
  readonly egress: readonly PolicyRule[];
  /** Absent: the policy says nothing about ingress. */
  readonly ingress?: readonly PolicyRule[];
}

/** A NetworkPolicy on the application's pods. A rule without ports is a rule for all of them, so an empty list of ports is left out. */
export function networkPolicy({ name, app, namespace, egress, ingress }: PolicySpec): KubeObject {
  return ownObject(
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
    name,
    { app, namespace },
    {
      spec: {
        podSelector: { matchLabels: { 'app.kubernetes.io/name': app } },
        policyTypes: ingress === undefined ? ['Egress'] : ['Ingress', 'Egress'],
        ...(ingress === undefined ? {} : { ingress: ingress.map((rule) => direction('from', rule)) }),
        egress: egress.map((rule) => direction('to', rule)),
      },
    },
  );
}

function direction(key: 'from' | 'to', { peers, ports }: PolicyRule): Record<string, unknown> {
  // A rule without peers would be a rule for everybody.
  if (peers.length === 0) throw new RangeError('a policy rule needs a peer');
  return { [key]: peers, ...(ports.length === 0 ? {} : { ports }) };
}

/**
 * Cilium's own policy for the API server: there an address range never matches a node or the API server, and without it the charm could not take its protection back.
 */
export function ciliumApiServerPolicy(
  name: string,
  owner: { readonly app: string; readonly namespace: string },
): KubeObject {
  return ownObject({ apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy' }, `${name}-cilium`, owner, {
    spec: {
      endpointSelector: { matchLabels: { 'app.kubernetes.io/name': owner.app } },
      egress: [{ toEntities: ['kube-apiserver'] }],
    },
  });
}
