import { type CharmBase, MaintenanceStatus } from '@charm-ts/ops';
import {
  ClusterCache,
  type Discovery,
  gatewayProtection,
  gatewayRemoval,
  type GatewaySpec,
  looksAtKubernetes,
  ObjectApplier,
} from '@charm-ts/vpn-gateway';
import type { metadata } from '../generated/metadata.js';

/** Field manager of everything that this charm applies. */
const fieldManager = 'gluetun-k8s';

const firstPod = 'closing the pod before the VPN starts: it is replaced once';
const anotherPod = 'the overlay has changed: the pod is replaced';

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
   * Makes the protecting objects live; the apply that replaces this pod is left to the commit. Before Gluetun is
   * started, objects and this very pod are read: a changed template says nothing about a pod that is still there.
   */
  async protect(spec: GatewaySpec, isRunning: boolean): Promise<Permission> {
    const { framework, unit } = this.#charm;
    const look = !isRunning || looksAtKubernetes(framework.event);
    const outcome = await this.#applier.reconcile(gatewayProtection(spec), { look });
    switch (outcome.kind) {
      case 'unchanged':
      case 'live':
        return 'run';
      case 'restarting':
        unit.addStatus(new MaintenanceStatus(isRunning ? anotherPod : firstPod));
        return 'keep';
      case 'refused':
        unit.addStatus(outcome.status);
        return 'keep';
      default:
        return outcome satisfies never;
    }
  }

  /** Takes the objects down; for the last unit of the application, whose workload was stopped. */
  async remove(): Promise<void> {
    const { app, framework } = this.#charm;
    const outcome = await this.#applier.removeAtOnce(gatewayRemoval(app.name));
    if (outcome.kind === 'refused') framework.log.warning(`objects of the gateway are left: ${outcome.status.message}`);
  }
}
