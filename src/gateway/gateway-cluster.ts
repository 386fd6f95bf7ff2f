import { type CharmBase, MaintenanceStatus, WaitingStatus } from '@charm-ts/ops';
import {
  ClusterCache,
  type Discovery,
  gatewayProtection,
  gatewayRemoval,
  type GatewaySpec,
  looksAtKubernetes,
  ObjectApplier,
  type Protection,
} from '@charm-ts/vpn-gateway';
import type { metadata } from '../generated/metadata.js';
import { ownPodIsProtected } from './own-pod.js';

/** Field manager of everything that this charm applies. */
const fieldManager = 'gluetun-k8s';

/** What the workload may do: `run` with the planned settings, or `keep` doing what it does, started or not. */
export type Permission = 'run' | 'keep';

/** The gateway's side of the cluster: what is known of it, and the objects that protect the pod. */
export class GatewayCluster {
  readonly #charm: CharmBase<typeof metadata>;
  readonly #applier: ObjectApplier;

  constructor(charm: CharmBase<typeof metadata>) {
    this.#charm = charm;
    this.#applier = new ObjectApplier(charm, { fieldManager });
  }

  /** What is known about the cluster, or the status that says why nothing is. */
  discover(): Promise<Discovery> {
    return new ClusterCache(this.#charm).facts({ fresh: looksAtKubernetes(this.#charm.framework.event) });
  }

  /**
   * Makes the protecting objects live; the apply that replaces this pod is left to the commit. Gluetun is started only
   * after they, and the pod itself, have been read in this very hook.
   */
  async protect(spec: GatewaySpec, isRunning: boolean): Promise<Permission> {
    const { framework, unit } = this.#charm;
    const protection = gatewayProtection(spec);
    const look = !isRunning || looksAtKubernetes(framework.event);
    const outcome = await this.#applier.reconcile(protection, { look });
    switch (outcome.kind) {
      case 'unchanged':
        return 'run';
      case 'live':
        return isRunning ? 'run' : this.#permitStart(protection);
      case 'restarting':
        unit.addStatus(new MaintenanceStatus('closing the pod before the VPN starts: it is replaced once'));
        return 'keep';
      case 'refused':
        unit.addStatus(outcome.status);
        return 'keep';
      default:
        return outcome satisfies never;
    }
  }

  /** Takes the objects down with the last unit of the application. */
  async remove(): Promise<void> {
    const { app, unit, framework } = this.#charm;
    if ((await app.plannedUnits()) > 0 || !(await unit.isLeader())) return;
    const outcome = await this.#applier.removeAtOnce(gatewayRemoval(app.name));
    if (outcome.kind === 'refused') framework.log.warning(`objects of the gateway are left: ${outcome.status.message}`);
  }

  async #permitStart(protection: Protection): Promise<Permission> {
    const { framework, unit } = this.#charm;
    if (await ownPodIsProtected(await framework.kubeApi(), unit.name, protection)) return 'run';
    unit.addStatus(new WaitingStatus('waiting for Kubernetes to replace the pod'));
    return 'keep';
  }
}
