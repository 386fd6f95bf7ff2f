import { BlockedStatus, type CharmMetadata } from '@charm-ts/ops';
import type { RelationSeam } from '../charm/charm-seam.js';
import { overlayPrefix } from '../cidr/overlay.js';
import type { ClusterCache } from '../cluster/cluster-cache.js';
import type { ClusterFacts } from '../cluster/cluster-facts.js';
import { confirmedPrefixes } from '../cluster/cluster-ranges.js';
import { looksAtKubernetes } from '../cluster/looks-at-kubernetes.js';
import type { ObjectApplier } from '../cluster/object-applier.js';
import type { ProviderData } from '../contract/provider-schema.js';
import { readProviderData } from '../contract/read-databag.js';
import type { Reading } from '../contract/reading.js';
import type { ObservedObjects, ObservedPath } from '../gate/observed.js';
import { clientProtection } from '../objects/client-protection.js';
import { type ExtraPeer, parseExtraPeers } from '../peers/extra-peers.js';
import { verifyPath } from '../verification/verify-path.js';
import { faultList } from '../text/fault-list.js';
import { allowedPrefixes } from './known-prefixes.js';
import type { RequirerCharm, RequirerOptions } from './requirer-charm.js';
import { checkIsDown, routeCheckLayer } from './vpn-route-check.js';
import { waitForPath } from './wait-for-path.js';
import type { Workload } from './workload.js';

/** The relation to the gateway. */
export type GatewayRelation = RelationSeam<{ readonly name: string }>;

/** What became of the protection in this hook. */
export interface ProtectedPod {
  readonly gateway: Reading<ProviderData>;
  readonly objects: ObservedObjects;
  readonly facts: ClusterFacts | undefined;
}

/** The parts that the protection works with. */
export interface ProtectionParts<M extends CharmMetadata> {
  readonly applier: ObjectApplier;
  readonly cache: ClusterCache;
  readonly workload: Workload<M>;
  readonly options: RequirerOptions;
}

/** Turns what the gateway has published into objects in the cluster, and looks from inside the pod whether they hold. */
export class PodProtection<M extends CharmMetadata> {
  readonly #charm: RequirerCharm<M>;
  readonly #parts: ProtectionParts<M>;

  constructor(charm: RequirerCharm<M>, parts: ProtectionParts<M>) {
    this.#charm = charm;
    this.#parts = parts;
  }

  /** What the gateway has published, checked against what is known of the cluster. */
  async read(relation: GatewayRelation, facts: ClusterFacts | undefined): Promise<Reading<ProviderData>> {
    if (relation.app === undefined) return { kind: 'empty' };
    return readProviderData(await relation.data(relation.app).read(), { confirmed: confirmedPrefixes(facts) });
  }

  /** Asks both witnesses. */
  verify(facts: ClusterFacts | undefined, gateway: Reading<ProviderData>): Promise<ObservedPath> {
    return verifyPath(this.#charm.framework.podNetwork, allowedPrefixes(facts, gateway));
  }

  /** Data into objects: policy and ConfigMap at once, the StatefulSet at commit. Bad or missing data change nothing. */
  async protect(
    relation: GatewayRelation,
    { leader, look }: { readonly leader: boolean; readonly look: boolean },
  ): Promise<ProtectedPod> {
    const { applier, cache, options } = this.#parts;
    const raw = await this.read(relation, undefined);
    if (raw.kind === 'empty') return { gateway: raw, objects: { kind: 'unknown' }, facts: await cache.kept() };
    const discovery = await cache.facts({ fresh: look && looksAtKubernetes(this.#charm.framework.event) });
    if (discovery.kind === 'refused') return { gateway: raw, objects: discovery, facts: undefined };
    const { facts } = discovery;
    const gateway = await this.read(relation, facts);
    if (gateway.kind !== 'ok') return { gateway, objects: { kind: 'unknown' }, facts };
    const protection = clientProtection({
      app: this.#charm.app.name,
      namespace: this.#charm.model.name,
      gateway: gateway.data,
      cluster: facts,
      webPorts: options.webPorts ?? [],
      extraPeers: this.#extraPeers(facts, gateway.data),
    });
    const objects = leader
      ? await applier.reconcile(protection, { look })
      : await applier.observe(protection, { look });
    return { gateway, objects, facts };
  }

  /** None of them while one is refused: the protection does not wait for the operator, and says what is wrong. */
  #extraPeers(facts: ClusterFacts, { vxlan_ip_network: network }: ProviderData): readonly ExtraPeer[] {
    const rules = { overlay: overlayPrefix(network), confirmed: confirmedPrefixes(facts) };
    const extra = parseExtraPeers(this.#parts.options.extraPeers ?? '', rules);
    if (extra.kind === 'ok') return extra.peers;
    this.#charm.unit.addStatus(new BlockedStatus(`extra-peers: ${faultList(extra.faults)}`));
    return [];
  }

  /** Adds the check, then waits for the verdict while it is bad: see {@link waitForPath}. */
  async watch(path: ObservedPath, verify: () => Promise<ObservedPath>): Promise<ObservedPath> {
    const container = this.#parts.workload.first;
    if (container === undefined || !(await container.canConnect())) return path;
    await container.addLayer(routeCheckLayer);
    if (path.kind === 'verified') return path;
    return waitForPath(path, {
      clock: this.#charm.framework.clock,
      verify,
      eventIsCertain: () => checkIsDown(container),
    });
  }
}
