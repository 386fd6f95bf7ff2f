import { type CharmMetadata, PebbleConnectionError, WaitingStatus } from '@charm-ts/ops';
import type { RelationSeam } from '../charm/charm-seam.js';
import type { VpnEndpoint } from '../charm/vpn-endpoint.js';
import { ClusterCache } from '../cluster/cluster-cache.js';
import type { ClusterFacts } from '../cluster/cluster-facts.js';
import { looksAtKubernetes } from '../cluster/looks-at-kubernetes.js';
import { ObjectApplier } from '../cluster/object-applier.js';
import type { ProviderData } from '../contract/provider-schema.js';
import { readProviderData } from '../contract/read-databag.js';
import type { Reading } from '../contract/reading.js';
import { encodeRequirerData } from '../contract/write-databag.js';
import { type Decision, decide } from '../gate/decide.js';
import type { Observed, ObservedObjects, ObservedPath } from '../gate/observed.js';
import { clientProtection } from '../objects/client-protection.js';
import { clientRemoval } from '../objects/removal.js';
import { verifyPath } from '../verification/verify-path.js';
import { allowedPrefixes, confirmedPrefixes } from './known-prefixes.js';
import { type ProofLine, proveProtection } from './proof.js';
import type { GatedWorkload, RequirerCharm, RequirerOptions } from './requirer-charm.js';
import { checkIsDown, routeCheckLayer } from './vpn-route-check.js';
import { waitForPath } from './wait-for-path.js';
import { Workload } from './workload.js';

const protectedKey = 'vpn-gateway.protected';
/** Which scripts our clients run, for gateways that have to know. */
const agent = 'vpn-gateway-1';

/**
 * The client's end of `vpn-gateway`: publishes the client, protects the pod, verifies its path to the world and opens the workload's gate.
 * One call of {@link reconcile} in the charm's reconciler is the whole VPN part of a client charm; it adds the status.
 *
 * @example
 * ```ts
 * readonly #vpn = new VpnGatewayRequirer(this, 'vpn-gateway');
 *
 * reconcile = async (): Promise<void> => {
 *   const sabnzbd = this.unit.container('sabnzbd');
 *   await this.#vpn.reconcile({
 *     unsafe: this.config['unsafe-mode'],
 *     start: () => sabnzbd.apply(sabnzbdLayer(this.config)),
 *     stop: () => sabnzbd.stop('sabnzbd'),
 *   });
 * };
 * ```
 */
export class VpnGatewayRequirer<M extends CharmMetadata> {
  readonly #charm: RequirerCharm<M>;
  readonly #endpoint: VpnEndpoint<M['requires']>;
  readonly #webPorts: readonly number[];
  readonly #applier: ObjectApplier;
  readonly #cache: ClusterCache;
  readonly #workload: Workload<M>;

  constructor(charm: RequirerCharm<M>, endpoint: VpnEndpoint<M['requires']>, options: RequirerOptions = {}) {
    this.#charm = charm;
    this.#endpoint = endpoint;
    this.#webPorts = options.webPorts ?? [];
    this.#applier = new ObjectApplier(charm, { fieldManager: `${charm.app.name}-vpn` });
    this.#cache = new ClusterCache(charm);
    this.#workload = new Workload(charm.meta, charm.unit);
    charm.framework.observe(charm.on.remove, this.#remove);
  }

  /** Brings protection and workload to where they should be, and adds the unit's status. Safe in every hook. */
  async reconcile({ unsafe = false, start, stop }: GatedWorkload): Promise<Decision> {
    const relation = await this.#relation();
    const running = await this.#workload.isRunning();
    const decision =
      relation === undefined
        ? await this.#withoutRelation(unsafe, running, stop)
        : await this.#withRelation(relation, unsafe, running, stop);
    await this.#obey(decision, { start, stop });
    this.#charm.unit.addStatus(decision.status);
    return decision;
  }

  /** What the gateway has published. */
  async gateway(): Promise<Reading<ProviderData>> {
    const relation = await this.#relation();
    if (relation === undefined) return { kind: 'empty' };
    return this.#read(relation, await this.#cache.kept());
  }

  /** Evidence for an action: one line for each layer that can be seen from inside, read now. */
  async prove(): Promise<readonly ProofLine[]> {
    const gateway = await this.gateway();
    const allowed = allowedPrefixes(await this.#cache.kept(), gateway);
    return proveProtection(this.#charm, allowed);
  }

  async #withRelation(
    relation: RelationSeam<{ readonly name: string }>,
    unsafe: boolean,
    running: boolean,
    stop: () => Promise<unknown>,
  ): Promise<Decision> {
    const { framework, unit, app } = this.#charm;
    await framework.state.set(protectedKey, 'true');
    const leader = await unit.isLeader();
    if (leader) await relation.data(app).update(encodeRequirerData({ instance_name: app.name, agent }));

    const kept = await this.#cache.kept();
    const verify = async (facts: ClusterFacts | undefined, gateway: Reading<ProviderData>): Promise<ObservedPath> =>
      verifyPath(framework.podNetwork, allowedPrefixes(facts, gateway));
    let path = await verify(kept, await this.#read(relation, kept));
    // Nothing may run while the pod is being closed: it stops before the first write.
    if (path.kind === 'refused') await this.#stop(stop);

    const look = !running || path.kind === 'refused' || looksAtKubernetes(framework.event);
    const { gateway, objects, facts } = await this.#protect(relation, leader, look);
    if (objects.kind === 'live' || objects.kind === 'unchanged') {
      path = await this.#watch(path, () => verify(facts, gateway));
    }
    return decide({ related: true, unsafe, gateway: observedGateway(gateway), objects, path, running });
  }

  /** Data into objects: policy and ConfigMap at once, the StatefulSet at commit. Bad or missing data change nothing. */
  async #protect(
    relation: RelationSeam<{ readonly name: string }>,
    leader: boolean,
    look: boolean,
  ): Promise<{ gateway: Reading<ProviderData>; objects: ObservedObjects; facts: ClusterFacts | undefined }> {
    const raw = await this.#read(relation, undefined);
    if (raw.kind === 'empty') return { gateway: raw, objects: { kind: 'unknown' }, facts: await this.#cache.kept() };
    const discovery = await this.#cache.facts({ fresh: look && looksAtKubernetes(this.#charm.framework.event) });
    if (discovery.kind === 'refused') return { gateway: raw, objects: discovery, facts: undefined };
    const { facts } = discovery;
    const gateway = await this.#read(relation, facts);
    if (gateway.kind !== 'ok') return { gateway, objects: { kind: 'unknown' }, facts };
    const protection = clientProtection({
      app: this.#charm.app.name,
      namespace: this.#charm.model.name,
      gateway: gateway.data,
      cluster: facts,
      webPorts: this.#webPorts,
    });
    const objects = leader
      ? await this.#applier.reconcile(protection, { look })
      : await this.#applier.observe(protection, { look });
    return { gateway, objects, facts };
  }

  /** Adds the check, then waits for the verdict while it is bad: see {@link waitForPath}. */
  async #watch(path: ObservedPath, verify: () => Promise<ObservedPath>): Promise<ObservedPath> {
    const container = this.#workload.first;
    if (container === undefined || !(await container.canConnect())) return path;
    await container.addLayer(routeCheckLayer);
    if (path.kind === 'verified') return path;
    return waitForPath(path, {
      clock: this.#charm.framework.clock,
      verify,
      eventIsCertain: () => checkIsDown(container),
    });
  }

  async #withoutRelation(unsafe: boolean, running: boolean, stop: () => Promise<unknown>): Promise<Decision> {
    const { framework, unit, app } = this.#charm;
    const wasProtected = (await framework.state.get(protectedKey)) !== undefined;
    // Without a mark only a new pod or a new leader may find what a predecessor left.
    const looks = wasProtected || ['upgrade-charm', 'leader-elected'].includes(framework.event.kind);
    if (!unsafe || wasProtected) await this.#stop(stop);
    let objects: ObservedObjects = { kind: 'unknown' };
    if (looks) {
      const outcome = await this.#applier.remove(clientRemoval(app.name), { write: await unit.isLeader() });
      if (outcome.kind === 'leaving') await framework.state.set(protectedKey, 'true');
      if (outcome.kind === 'gone') await framework.state.delete(protectedKey);
      // An application that never had a relation needs no rights.
      objects = outcome.kind === 'refused' && !wasProtected ? { kind: 'unknown' } : outcome;
    }
    return decide({
      related: false,
      unsafe,
      gateway: { kind: 'empty' },
      objects,
      path: { kind: 'refused', reason: 'no relation' },
      running,
    });
  }

  async #obey({ workload, state }: Decision, { start, stop }: Pick<GatedWorkload, 'start' | 'stop'>): Promise<void> {
    if (workload === 'stop') return this.#stop(stop);
    if (workload === 'keep') return;
    const missing = await this.#workload.unreachable();
    if (missing === undefined) {
      await start();
    } else {
      this.#charm.unit.addStatus(new WaitingStatus(`waiting for the container ${missing.name}`));
      this.#charm.framework.log.debug(`the gate is open (${state}), Pebble in ${missing.name} is not there yet`);
    }
  }

  async #stop(stop: () => Promise<unknown>): Promise<void> {
    try {
      await stop();
    } catch (error) {
      // Pebble is the container's first process: without it nothing runs there.
      if (!(error instanceof PebbleConnectionError)) throw error;
      this.#charm.framework.log.debug('nothing to stop: Pebble does not answer');
    }
  }

  /** The application goes, or is scaled to zero: nothing may stay behind, the policy last. */
  readonly #remove = async (): Promise<void> => {
    const { framework, app } = this.#charm;
    if ((await app.plannedUnits()) > 0) return;
    if ((await framework.state.get(protectedKey)) === undefined) return;
    await this.#workload.stopAll();
    const outcome = await this.#applier.removeAtOnce(clientRemoval(app.name));
    if (outcome.kind === 'refused') framework.log.warning(`VPN objects stay behind: ${outcome.status.message}`);
  };

  async #relation(): Promise<RelationSeam<{ readonly name: string }> | undefined> {
    const [relation] = await this.#charm.model.relations(this.#endpoint);
    return relation;
  }

  async #read(
    relation: RelationSeam<{ readonly name: string }>,
    facts: ClusterFacts | undefined,
  ): Promise<Reading<ProviderData>> {
    if (relation.app === undefined) return { kind: 'empty' };
    return readProviderData(await relation.data(relation.app).read(), { confirmed: confirmedPrefixes(facts) });
  }
}

function observedGateway(reading: Reading<ProviderData>): Observed['gateway'] {
  if (reading.kind !== 'ok') return reading;
  return { kind: 'ok', connected: reading.data.vpn_connected, externalIp: reading.data.external_ip };
}
