import type { KubeApi, KubeObject } from '@charm-ts/ops';
import type { Removal } from '../objects/protection.js';
import type { RemovalOutcome } from './apply-outcome.js';
import { guarded } from './guarded.js';
import { at } from './json.js';
import { podOf, statefulSetOf } from './juju-objects.js';
import type { ApplierCharm } from './object-applier.js';
import { clearTemplate } from './predecessor.js';
import { podHasOurs, templateHasOurs } from './template-state.js';

/** How a take-down is done. */
export interface RemovalOptions {
  /** False for units that do not lead: they learn how far the leader is. */
  readonly write: boolean;
  /** Called before the first thing is taken away, and while something is still there: the workload has to stop. */
  readonly before?: () => Promise<void>;
}

/** Takes protection down, the policies last; every step can be repeated. */
export class ObjectRemover {
  readonly #charm: ApplierCharm;
  readonly #fieldManager: string;

  constructor(charm: ApplierCharm, options: { readonly fieldManager: string }) {
    this.#charm = charm;
    this.#fieldManager = options.fieldManager;
  }

  /** The StatefulSet at commit; ConfigMap and policies in a later hook, when no pod has our containers any more. */
  async remove(removal: Removal, { write, before = () => Promise.resolve() }: RemovalOptions): Promise<RemovalOutcome> {
    return guarded(this.#charm, async (api) => {
      const live = await this.#ownTemplate(api, removal);
      if (live !== undefined) {
        await before();
        if (write) this.#charm.framework.atCommit(() => this.#giveBack(live));
        return { kind: 'leaving' };
      }
      if ((await this.#podsWithOurs(api, removal)).length > 0) {
        await before();
        return { kind: 'leaving' };
      }
      const rest = await this.#rest(api, removal);
      if (rest.length === 0) return { kind: 'gone' };
      await before();
      if (!write) return { kind: 'leaving' };
      for (const ref of rest) await api.delete(ref);
      return { kind: 'gone' };
    });
  }

  /** For `remove` with no unit planned: everything goes in this hook. The workload must have been stopped; while another unit's pod is there, that one does it. */
  async removeAtOnce(removal: Removal): Promise<RemovalOutcome> {
    return guarded(this.#charm, async (api) => {
      const { name: ownPod } = podOf(this.#charm.unit.name);
      const pods = await this.#podsWithOurs(api, removal);
      if (pods.some(({ metadata }) => metadata.name !== ownPod)) return { kind: 'leaving' };
      const live = await this.#ownTemplate(api, removal);
      if (live !== undefined) await this.#empty(api, live);
      for (const ref of await this.#rest(api, removal)) await api.delete(ref);
      return { kind: 'gone' };
    });
  }

  /** The StatefulSet, when something in it is ours. */
  async #ownTemplate(api: KubeApi, { containers }: Removal): Promise<KubeObject | undefined> {
    const live = await api.get(statefulSetOf(this.#charm.app.name));
    return live !== undefined && (templateHasOurs(live, containers) || this.#ownsFields(live)) ? live : undefined;
  }

  async #podsWithOurs(api: KubeApi, { containers }: Removal): Promise<readonly KubeObject[]> {
    const labelSelector = `app.kubernetes.io/name=${this.#charm.app.name}`;
    const pods = await api.list({ apiVersion: 'v1', kind: 'Pod', labelSelector });
    return pods.filter((pod) => podHasOurs(pod, containers));
  }

  /** What is left besides the StatefulSet, in the order in which it goes. */
  async #rest(api: KubeApi, { configMap, policies }: Removal) {
    const refs = [{ apiVersion: 'v1', kind: 'ConfigMap', name: configMap }, ...policies];
    const found = await Promise.all(refs.map((ref) => api.get(ref)));
    return refs.filter((_, index) => found[index] !== undefined);
  }

  /** An empty intent takes away all that was ours. */
  async #empty(api: KubeApi, live: KubeObject): Promise<void> {
    await clearTemplate(api, live);
    const { apiVersion, kind, name } = statefulSetOf(live.metadata.name);
    const fieldManager = this.#fieldManager;
    await api.apply({ apiVersion, kind, metadata: { name, namespace: api.namespace } }, { fieldManager });
  }

  async #giveBack(live: KubeObject): Promise<void> {
    const outcome = await guarded(this.#charm, async (api) => {
      await this.#empty(api, live);
      return { kind: 'gone' as const };
    });
    if (outcome.kind === 'refused') this.#charm.unit.addStatus(outcome.status);
  }

  /** An intent that only added to the workload's container leaves no container of ours, but fields. */
  #ownsFields(live: KubeObject): boolean {
    const entries = live.metadata['managedFields'];
    return Array.isArray(entries) && entries.some((entry) => at(entry, 'manager') === this.#fieldManager);
  }
}
