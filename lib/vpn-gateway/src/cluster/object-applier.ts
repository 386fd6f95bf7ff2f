import {
  BlockedStatus,
  type KubeApi,
  type KubeObject,
  type ObjectRef,
  type SettableStatus,
  WaitingStatus,
} from '@charm-ts/ops';
import type { AppSeam, FrameworkSeam } from '../charm/charm-seam.js';
import { digestOf } from '../objects/digest.js';
import type { Protection, Removal } from '../objects/protection.js';
import type { ApplyOutcome, RemovalOutcome } from './apply-outcome.js';
import { at } from './json.js';
import { guarded } from './guarded.js';
import { podOf, statefulSetOf } from './juju-objects.js';
import { matchesLive } from './matches-live.js';
import { ObjectRemover, type RemovalOptions } from './object-remover.js';
import { ownsNothingElse } from './owns-nothing-else.js';
import { clearTemplate, isPredecessors, takeOverObject } from './predecessor.js';
import { isOrdered, repairOrder } from './template-order.js';
import { podIsProtected, templateIsProtected, usesHostNetwork } from './template-state.js';
import { wakeKubelet } from './wake-kubelet.js';

/** The charm's parts that an applier works with. */
export interface ApplierCharm {
  readonly framework: FrameworkSeam;
  readonly app: AppSeam;
  readonly unit: { readonly name: string; addStatus(status: SettableStatus): void };
}

const appliedKey = 'vpn-gateway.applied';
/** Milliseconds. */
const enforcementDelay = 2000;

/**
 * Makes objects live by server-side apply: compares first and writes only what differs; policies and ConfigMap at once, the StatefulSet as the last act of the commit.
 * Nothing that the API server answers becomes a hook error; outcomes carry the status to set.
 *
 * @example
 * ```ts
 * const applier = new ObjectApplier(this, { fieldManager: 'gluetun-k8s' });
 * const outcome = await applier.reconcile(gatewayProtection(spec), { look: looksAtKubernetes(framework.event) });
 * if (outcome.kind === 'refused') this.unit.addStatus(outcome.status);
 * ```
 */
export class ObjectApplier {
  readonly #charm: ApplierCharm;
  readonly #fieldManager: string;
  readonly #remover: ObjectRemover;

  constructor(charm: ApplierCharm, options: { readonly fieldManager: string }) {
    this.#charm = charm;
    this.#fieldManager = options.fieldManager;
    this.#remover = new ObjectRemover(charm, options);
  }

  /** Leader only. `look`: read the live objects even when nothing changed since they were last seen as they should be. */
  async reconcile(protection: Protection, { look }: { readonly look: boolean }): Promise<ApplyOutcome> {
    const digest = digestOf(protection);
    if (!look && (await this.#isApplied(digest))) return { kind: 'unchanged' };
    return guarded(this.#charm, async (api) => {
      const live = await this.#statefulSet(api);
      if (live.kind === 'refused') return live;
      // What protects comes first, and comes also where the pod cannot be changed yet.
      const written = [];
      for (const object of [...protection.policies, protection.configMap]) {
        if (await this.#write(api, object)) written.push(object);
      }
      if (this.#isLive(protection.statefulSet, live.object) && isOrdered(live.object)) {
        if (!podIsProtected(await this.#ownPod(api), protection)) return { kind: 'restarting' };
        if (!(await this.#settled(api, protection, written))) return { kind: 'restarting' };
        if (written.includes(protection.configMap)) {
          await wakeKubelet(api, this.#charm.app.name, { digest, fieldManager: this.#fieldManager });
        }
        await this.#charm.framework.state.set(appliedKey, digest);
        return { kind: 'live' };
      }
      await this.#charm.framework.state.delete(appliedKey);
      this.#charm.framework.atCommit(() => this.#replacePod(protection, live.object));
      return { kind: 'restarting' };
    });
  }

  /** Other units: reads and writes nothing. */
  async observe(protection: Protection, { look }: { readonly look: boolean }): Promise<ApplyOutcome> {
    const digest = digestOf(protection.overlayDigest);
    if (!look && (await this.#isApplied(digest))) return { kind: 'unchanged' };
    return guarded(this.#charm, async (api) => {
      const live = await this.#statefulSet(api);
      if (live.kind === 'refused') return live;
      const policies = await Promise.all(protection.policies.map((policy) => api.get(refOf(policy))));
      // The leader's rules may differ from ours for a moment (it discovers more often), the pods they are for may not.
      const inPlace = protection.policies.every((policy, index) =>
        ['podSelector', 'policyTypes', 'endpointSelector'].every((field) =>
          matchesLive(at(policy, 'spec', field), at(policies[index], 'spec', field)),
        ),
      );
      const pod = await this.#ownPod(api);
      if (!inPlace || !templateIsProtected(live.object, protection) || !podIsProtected(pod, protection)) {
        return { kind: 'restarting' };
      }
      await this.#charm.framework.state.set(appliedKey, digest);
      return { kind: 'live' };
    });
  }

  /**
   * Takes everything down, idempotent: the StatefulSet at commit; ConfigMap and policies, in this order, in a later hook, when no pod has our containers any more.
   * Units that are not the leader pass `write: false` and learn how far the leader is.
   */
  async remove(removal: Removal, options: RemovalOptions): Promise<RemovalOutcome> {
    await this.#charm.framework.state.delete(appliedKey);
    return this.#remover.remove(removal, options);
  }

  /** For `remove` with no unit planned: everything goes in this hook, the policies last. The workload must have been stopped; while another unit's pod is there, that one does it. */
  async removeAtOnce(removal: Removal): Promise<RemovalOutcome> {
    return this.#remover.removeAtOnce(removal);
  }

  /** True when objects with this digest were live at the last look. */
  async #isApplied(digest: string): Promise<boolean> {
    return (await this.#charm.framework.state.get(appliedKey)) === digest;
  }

  #ownPod(api: KubeApi): Promise<KubeObject | undefined> {
    return api.get(podOf(this.#charm.unit.name));
  }

  get #options(): { readonly fieldManager: string } {
    return { fieldManager: this.#fieldManager };
  }

  async #statefulSet(
    api: KubeApi,
  ): Promise<
    | { readonly kind: 'found'; readonly object: KubeObject }
    | { readonly kind: 'refused'; readonly status: SettableStatus }
  > {
    const { name } = this.#charm.app;
    const object = await api.get(statefulSetOf(name));
    if (object === undefined)
      return { kind: 'refused', status: new WaitingStatus(`Kubernetes has no StatefulSet ${name} yet`) };
    if (usesHostNetwork(object)) {
      return {
        kind: 'refused',
        status: new BlockedStatus(
          'the pod uses the host network: VPN routing would change the node; remove hostNetwork',
        ),
      };
    }
    return { kind: 'found', object };
  }

  /** A policy that had to be repaired is read back after a moment: networks enforce it some time after the API server has it. */
  async #settled(api: KubeApi, { policies }: Protection, written: readonly KubeObject[]): Promise<boolean> {
    const repaired = policies.filter((policy) => written.includes(policy));
    if (repaired.length === 0) return true;
    await this.#charm.framework.clock.sleep(enforcementDelay);
    const live = await Promise.all(repaired.map((policy) => api.get(refOf(policy))));
    return repaired.every((policy, index) => matchesLive(policy, live[index]));
  }

  #isLive(intent: KubeObject, live: KubeObject): boolean {
    return matchesLive(intent, live) && ownsNothingElse(intent, live, this.#fieldManager);
  }

  async #write(api: KubeApi, intent: KubeObject): Promise<boolean> {
    const live = await api.get(refOf(intent));
    if (live !== undefined && isPredecessors(live)) await takeOverObject(api, intent, this.#options);
    else if (live !== undefined && this.#isLive(intent, live)) return false;
    else await api.apply(intent, this.#options);
    this.#charm.framework.log.info(`${intent.kind} ${intent.metadata.name} written`);
    return true;
  }

  async #replacePod(protection: Protection, live: KubeObject): Promise<void> {
    const outcome = await guarded(this.#charm, async (api) => {
      await clearTemplate(api, live);
      await repairOrder(api, live);
      await api.apply(protection.statefulSet, this.#options);
      return { kind: 'live' as const };
    });
    if (outcome.kind === 'refused') this.#charm.unit.addStatus(outcome.status);
  }
}

function refOf({ apiVersion, kind, metadata }: KubeObject): ObjectRef {
  return { apiVersion, kind, name: metadata.name };
}
