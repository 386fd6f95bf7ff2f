import type { SettableStatus } from '@charm-ts/ops';
import type { AppSeam, FrameworkSeam } from '../charm/charm-seam.js';
import { sortedEndpoints } from '../objects/endpoint.js';
import { type ClusterFacts, unknownCluster } from './cluster-facts.js';
import { clusterRanges } from './cluster-ranges.js';
import { discoverCluster } from './discover-cluster.js';
import { record } from './json.js';
import { statusOfKubeError } from './kube-status.js';

const key = 'vpn-gateway.cluster';

/** What is known about the cluster, or the status that says why nothing is. */
export type Discovery =
  { readonly kind: 'ok'; readonly facts: ClusterFacts } | { readonly kind: 'refused'; readonly status: SettableStatus };

/**
 * The facts of the cluster, kept in the unit's state, so that an unchanged hook does not ask the API server.
 *
 * @example
 * ```ts
 * const discovery = await new ClusterCache(this).facts({ fresh: looksAtKubernetes(framework.event) });
 * ```
 */
export class ClusterCache {
  readonly #charm: { readonly framework: FrameworkSeam; readonly app: AppSeam };
  readonly #overrides: Partial<ClusterFacts>;

  /** `overrides` win over everything that is discovered. */
  constructor(
    charm: { readonly framework: FrameworkSeam; readonly app: AppSeam },
    overrides: Partial<ClusterFacts> = {},
  ) {
    this.#charm = charm;
    this.#overrides = overrides;
  }

  /** The facts of an earlier hook, without asking. */
  async kept(): Promise<ClusterFacts | undefined> {
    const discovered = await this.#discovered();
    return discovered === undefined ? undefined : { ...discovered, ...this.#overrides };
  }

  /** `fresh`: ask the API server even when facts are kept. When it does not answer, kept facts are used. */
  async facts({ fresh }: { readonly fresh: boolean }): Promise<Discovery> {
    const { framework, app } = this.#charm;
    const kept = await this.#discovered();
    const ok = (facts: ClusterFacts): Discovery => ({ kind: 'ok', facts: { ...facts, ...this.#overrides } });
    if (kept !== undefined && !fresh) return ok(kept);
    try {
      const api = await framework.kubeApi();
      const { apiAddresses, root } = framework.context;
      const facts = steady(await discoverCluster({ api, apiAddresses, root }), kept);
      await framework.state.set(key, JSON.stringify({ apiAddresses, facts }));
      return ok(facts);
    } catch (error) {
      const status = statusOfKubeError(error, app.name);
      return kept === undefined ? { kind: 'refused', status } : ok(kept);
    }
  }

  /** Without the overrides, which must not be kept as if they had been found. */
  async #discovered(): Promise<ClusterFacts | undefined> {
    const { state, context } = this.#charm.framework;
    return parseFacts(await state.get(key), context.apiAddresses);
  }
}

/**
 * What was known stays where nothing better is: ranges that were certain until others are, for a pod that appears somewhere else is no reason to cut off those who are
 * connected, and what may not be read any more.
 */
function steady(found: ClusterFacts, kept: ClusterFacts | undefined): ClusterFacts {
  if (kept === undefined) return found;
  const facts = { ...found, ...unreadFacts(found, kept) };
  if (isCertain(facts) || !isCertain(kept)) return facts;
  const { podCidrs, serviceCidrs, strays } = kept;
  return { ...facts, podCidrs, serviceCidrs, strays };
}

/** The kept facts whose kind is refused now and which were not found by another way. */
function unreadFacts(found: ClusterFacts, kept: ClusterFacts): Partial<ClusterFacts> {
  const isUnread = (...kinds: readonly string[]): boolean => kinds.some((kind) => found.unreadable.includes(kind));
  const { dnsAddress, dnsServers, dnsNamespace, dnsPorts } = kept;
  return {
    ...(isUnread('Node') && found.nodes.length === 0 ? { nodes: kept.nodes } : {}),
    ...(isUnread('Service') && found.dnsAddress === undefined && dnsAddress !== undefined
      ? { dnsAddress, dnsServers, dnsNamespace, dnsPorts }
      : {}),
    ...(isUnread('Service')
      ? {
          controllers: sortedEndpoints([...found.controllers, ...kept.controllers]),
          controllerNamespaces: [...new Set([...found.controllerNamespaces, ...kept.controllerNamespaces])].sort(),
        }
      : {}),
    ...(isUnread('Service', 'EndpointSlice', 'Endpoints')
      ? { apiServers: sortedEndpoints([...found.apiServers, ...kept.apiServers]) }
      : {}),
    ...(isUnread('CustomResourceDefinition') ? { cilium: found.cilium || kept.cilium } : {}),
  };
}

function isCertain(facts: ClusterFacts): boolean {
  return clusterRanges(facts, undefined).kind === 'certain';
}

/** Facts that this library kept itself; those for other controllers are of no use. */
function parseFacts(text: string | undefined, apiAddresses: readonly string[]): ClusterFacts | undefined {
  if (text === undefined) return undefined;
  try {
    const kept = record(JSON.parse(text));
    if (JSON.stringify(kept['apiAddresses']) !== JSON.stringify(apiAddresses)) return undefined;
    return { ...unknownCluster, ...record(kept['facts']) };
  } catch {
    return undefined;
  }
}
