import { type CharmMetadata, PebbleError, WaitingStatus } from '@charm-ts/ops';
import type { VpnEndpoint } from '../charm/vpn-endpoint.js';
import { ClusterCache } from '../cluster/cluster-cache.js';
import { looksAtKubernetes } from '../cluster/looks-at-kubernetes.js';
import { ObjectApplier } from '../cluster/object-applier.js';
import type { ProviderData } from '../contract/provider-schema.js';
import type { Reading } from '../contract/reading.js';
import type { RequirerData } from '../contract/requirer-schema.js';
import { encodeRequirerData } from '../contract/write-databag.js';
import { type Decision, decide } from '../gate/decide.js';
import type { ObservedObjects, ObservedPath } from '../gate/observed.js';
import { clientRemoval } from '../objects/removal.js';
import { answerProof, type ProofAction } from './answer-proof.js';
import { decisionUntilTheEnd, endWorkload, MayStillRunError } from './end-workload.js';
import { allowedPrefixes } from './known-prefixes.js';
import { observedGateway } from './observed-gateway.js';
import { type GatewayRelation, PodProtection } from './pod-protection.js';
import type { ProofLine } from './proof-line.js';
import { proveProtection } from './proof.js';
import type { GatedWorkload, OpenPath, RequirerCharm, RequirerOptions } from './requirer-charm.js';
import { VpnEvents, type VpnEventHandler, type VpnEventKind } from './vpn-events.js';
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
  readonly #applier: ObjectApplier;
  readonly #cache: ClusterCache;
  readonly #workload: Workload<M>;
  readonly #pod: PodProtection<M>;
  readonly #events: VpnEvents;
  readonly #about: RequirerData;
  readonly #addressService: string | undefined;

  constructor(charm: RequirerCharm<M>, endpoint: VpnEndpoint<M['requires']>, options: RequirerOptions = {}) {
    this.#charm = charm;
    this.#endpoint = endpoint;
    this.#applier = new ObjectApplier(charm, { fieldManager: `${charm.app.name}-vpn` });
    this.#cache = new ClusterCache(charm, options.cluster);
    this.#workload = new Workload(charm.meta, charm.unit);
    this.#pod = new PodProtection(charm, {
      applier: this.#applier,
      cache: this.#cache,
      workload: this.#workload,
      options,
    });
    this.#events = new VpnEvents(charm.framework.state);
    this.#addressService = options.addressService;
    this.#about = {
      instance_name: charm.app.name,
      agent,
      model: charm.model.name,
      ...(options.wantsForwardedPort === true ? { forwarded_port: 'wanted' } : {}),
    };
    charm.framework.observe(charm.on.remove, this.#remove);
  }

  /**
   * Brings protection and workload to where they should be, and adds the unit's status. Safe in every hook. A workload that was told to end
   * and may still run keeps all its protection: nothing else is done before a later hook has seen its end.
   */
  async reconcile(workload: GatedWorkload): Promise<Decision> {
    const relation = await this.#relation();
    try {
      return await this.#reconcile(relation, workload);
    } catch (error) {
      if (!(error instanceof MayStillRunError)) throw error;
      const decision = decisionUntilTheEnd(relation !== undefined);
      this.#charm.framework.log.warning(`the workload may still run: ${error.message}`);
      this.#charm.unit.addStatus(decision.status);
      await this.#events.tell({ open: false, reason: decision.status.message });
      return decision;
    }
  }

  async #reconcile(
    relation: GatewayRelation | undefined,
    { unsafe = false, start, stop }: GatedWorkload,
  ): Promise<Decision> {
    const running = await this.#workload.isRunning();
    const view =
      relation === undefined
        ? await this.#withoutRelation(unsafe, running, stop)
        : await this.#withRelation(relation, unsafe, running, stop);
    const { decision, gateway } = view;
    const opened = await this.#obey(view, { start: () => start(openPath(decision, gateway)), stop });
    this.#charm.unit.addStatus(decision.status);
    await this.#events.tell(
      opened && decision.state === 'protected' && gateway.kind === 'ok'
        ? { open: true, gateway: gateway.data }
        : { open: false, reason: decision.status.message },
    );
    return decision;
  }

  /**
   * Calls the handler from inside {@link reconcile}, after `start` or `stop`: `ready` when the gate has opened, `changed` when the gateway has published something else
   * since, `lost` when it has closed, `forwarded-port` when the port at the VPN's exit is another one, or there is none any more. For what has to follow the VPN, such as an
   * address that is announced; starting and stopping needs none of them.
   *
   * @example
   * ```ts
   * this.#vpn.observe('changed', ({ gateway }) => this.announce(gateway.external_ip));
   * ```
   */
  observe<K extends VpnEventKind>(kind: K, handler: VpnEventHandler<K>): void {
    this.#events.observe(kind, handler);
  }

  /** What the gateway has published. */
  async gateway(): Promise<Reading<ProviderData>> {
    const relation = await this.#relation();
    if (relation === undefined) return { kind: 'empty' };
    return this.#pod.read(relation, await this.#cache.kept());
  }

  /** Evidence for an action: one line for each layer that can be seen from inside, read now. */
  async prove(): Promise<readonly ProofLine[]> {
    const gateway = await this.gateway();
    const allowed = allowedPrefixes(await this.#cache.kept(), gateway);
    return proveProtection(this.#charm, { allowed, gateway, addressService: this.#addressService });
  }

  /**
   * Answers an action with {@link prove}: a result for each layer, such as `ipv6: closed, pass`, and a failure when one does not hold or
   * cannot be seen.
   *
   * @example
   * ```ts
   * framework.observe(this.on.action('verify-vpn'), (event) => this.#vpn.answer(event));
   * ```
   */
  async answer(action: ProofAction): Promise<void> {
    await answerProof(action, await this.prove());
  }

  async #withRelation(
    relation: GatewayRelation,
    unsafe: boolean,
    running: boolean,
    stop: () => Promise<unknown>,
  ): Promise<GateView> {
    const { framework, unit, app } = this.#charm;
    await framework.state.set(protectedKey, 'true');
    const leader = await unit.isLeader();
    if (leader) await relation.data(app).update(encodeRequirerData(this.#about));

    const kept = await this.#cache.kept();
    let path = await this.#pod.verify(kept, await this.#pod.read(relation, kept));
    // Nothing may run while the pod is being closed: it stops before the first write.
    if (path.kind === 'refused') await endWorkload(stop);

    const look = !running || path.kind === 'refused' || looksAtKubernetes(framework.event);
    const { gateway, objects: seen, facts } = await this.#pod.protect(relation, { leader, look });
    let objects = seen;
    let isWatched = true;
    if (objects.kind === 'live' || objects.kind === 'unchanged') {
      const watched = await this.#watch(path, () => this.#pod.verify(facts, gateway));
      isWatched = watched !== undefined;
      // Seconds may have passed since the objects were read.
      if (watched !== undefined && path.kind !== watched.kind) {
        ({ objects } = await this.#pod.protect(relation, { leader, look: true }));
      }
      path = watched ?? path;
    }
    const seenGateway = observedGateway(gateway, facts);
    const decision = decide({ related: true, unsafe, gateway: seenGateway, objects, path, running });
    return { decision, gateway, isWatched };
  }

  /** Undefined where Pebble has not taken the check that makes a bad verdict an event. */
  async #watch(path: ObservedPath, verify: () => Promise<ObservedPath>): Promise<ObservedPath | undefined> {
    try {
      return await this.#pod.watch(path, verify);
    } catch (error) {
      if (!(error instanceof PebbleError)) throw error;
      this.#charm.framework.log.warning(`the path is not watched: ${error.message}`);
      return undefined;
    }
  }

  async #withoutRelation(unsafe: boolean, running: boolean, stop: () => Promise<unknown>): Promise<GateView> {
    const { framework, unit, app } = this.#charm;
    const wasProtected = (await framework.state.get(protectedKey)) !== undefined;
    // Without a mark only a new pod or a new leader may find what a predecessor left.
    const looks = wasProtected || ['upgrade-charm', 'leader-elected'].includes(framework.event.kind);
    if (!unsafe || wasProtected) await endWorkload(stop);
    let objects: ObservedObjects = { kind: 'unknown' };
    if (looks) {
      const outcome = await this.#applier.remove(clientRemoval(app.name), {
        write: await unit.isLeader(),
        before: () => endWorkload(stop),
      });
      if (outcome.kind === 'leaving') await framework.state.set(protectedKey, 'true');
      if (outcome.kind === 'gone') await framework.state.delete(protectedKey);
      // An application that never had a relation needs no rights.
      objects = outcome.kind === 'refused' && !wasProtected ? { kind: 'unknown' } : outcome;
    }
    const gateway = { kind: 'empty' } as const;
    const path = { kind: 'refused', reason: 'no relation' } as const;
    const decision = decide({ related: false, unsafe, gateway, objects, path, running });
    return { decision, gateway, isWatched: true };
  }

  /** True when the workload has been told to run. */
  async #obey(
    { decision: { workload, state }, isWatched }: GateView,
    { start, stop }: { readonly start: () => Promise<unknown>; readonly stop: () => Promise<unknown> },
  ): Promise<boolean> {
    if (workload === 'stop') await endWorkload(stop);
    if (workload !== 'start') return false;
    const missing = isWatched ? await this.#workload.unreachable() : this.#workload.first;
    if (missing === undefined) {
      await start();
      return true;
    }
    this.#charm.unit.addStatus(new WaitingStatus(`waiting for the container ${missing.name}`));
    this.#charm.framework.log.debug(`the gate is open (${state}), Pebble in ${missing.name} is not there yet`);
    return false;
  }

  /** The application goes, or is scaled to zero: nothing may stay behind, the policy last. */
  readonly #remove = async (): Promise<void> => {
    const { framework, app } = this.#charm;
    if ((await app.plannedUnits()) > 0) return;
    if ((await framework.state.get(protectedKey)) === undefined) return;
    try {
      await this.#workload.stopAll();
    } catch (error) {
      if (!(error instanceof MayStillRunError)) throw error;
      framework.log.warning(`VPN objects stay behind, the workload may still run: ${error.message}`);
      return;
    }
    const outcome = await this.#applier.removeAtOnce(clientRemoval(app.name));
    if (outcome.kind === 'refused') framework.log.warning(`VPN objects stay behind: ${outcome.status.message}`);
  };

  async #relation(): Promise<GatewayRelation | undefined> {
    const [relation] = await this.#charm.model.relations(this.#endpoint);
    return relation;
  }
}

/** The gate's answer, and the data that it was made from. */
interface GateView {
  readonly decision: Decision;
  readonly gateway: Reading<ProviderData>;
  /** A verdict that turns bad is an event. */
  readonly isWatched: boolean;
}

/** Without a relation the pod's traffic leaves as it does in every other pod. */
function openPath({ state }: Decision, gateway: Reading<ProviderData>): OpenPath | undefined {
  if (state === 'no-relation' || gateway.kind !== 'ok') return undefined;
  const { forwarded_port: forwardedPort } = gateway.data;
  return { interface: 'vxlan0', ...(forwardedPort === undefined ? {} : { forwardedPort }) };
}
