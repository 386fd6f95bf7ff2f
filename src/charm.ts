import { BlockedStatus, CharmBase, type Framework, WaitingStatus } from '@charm-ts/ops';
import { describeFaults } from './configuration/fault.js';
import { Clients } from './gateway/clients.js';
import { GatewayCluster } from './gateway/gateway-cluster.js';
import { type GatewayPlan, planGateway } from './gateway/gateway-plan.js';
import { metadata } from './generated/metadata.js';
import { HealthMemory } from './health/health-memory.js';
import { stopped, type TunnelHealth } from './health/tunnel-health.js';
import { readKeys } from './secret/read-secret.js';
import { standbyStatus } from './status/standby-status.js';
import { tunnelStatus } from './status/tunnel-status.js';
import { gluetun } from './workload/gluetun-layer.js';
import { GluetunWorkload } from './workload/gluetun-workload.js';

/** Runs Gluetun as the VPN gateway of other applications. */
export class GluetunCharm extends CharmBase<typeof metadata> {
  readonly #workload: GluetunWorkload;
  readonly #cluster: GatewayCluster;
  readonly #clients: Clients;
  readonly #memory: HealthMemory;

  constructor(framework: Framework) {
    super(framework, metadata);
    this.#workload = new GluetunWorkload(this.unit.container(gluetun), framework.clock);
    this.#cluster = new GatewayCluster(this);
    this.#clients = new Clients(this);
    this.#memory = new HealthMemory(framework.state);
    framework.reconcile(this.reconcile);
    framework.observe(this.on.remove, () => this.#cluster.remove());
  }

  reconcile = async (): Promise<void> => {
    if (!(await this.unit.isLeader())) return this.#standBy();
    const { app, model, config: options } = this;
    const [discovery, keys, clients] = await Promise.all([
      this.#cluster.discover(),
      readKeys(model, options, app.name),
      this.#clients.summary(),
    ]);
    const plan = planGateway({
      app: app.name,
      model: model.name,
      options,
      keys,
      discovery,
      legacyClients: clients.legacy,
    });
    const health = plan.kind === 'gateway' ? await this.#run(plan, clients.count) : await this.#standDown(plan);
    await this.#clients.publish(plan.overlay, health, discovery);
  };

  /** Protects the pod, runs Gluetun in it and reports what became of the tunnel. */
  async #run(plan: GatewayPlan, clients: number): Promise<TunnelHealth> {
    const isReachable = await this.#workload.canConnect();
    const isRunning = isReachable && (await this.#workload.isRunning());
    const permission = await this.#cluster.protect(plan.spec, isRunning);
    if (!isReachable) {
      this.unit.addStatus(new WaitingStatus(`waiting for Pebble in container ${gluetun}`));
      return stopped;
    }
    const hasStarted = permission === 'run' && (await this.#workload.run(plan));
    const health = await this.#workload.health({ patient: permission === 'run' });
    const memory = await this.#memory.note(health, this.framework.clock.now(), hasStarted);
    if (health.kind !== 'stopped') {
      this.unit.addStatus(tunnelStatus({ health, memory, clients, provider: plan.tunnel.provider }));
    }
    return health;
  }

  /** Ends a tunnel whose settings have become wrong, or whose key was taken back. */
  async #standDown(plan: Exclude<ReturnType<typeof planGateway>, GatewayPlan>): Promise<TunnelHealth> {
    const isReachable = await this.#workload.canConnect();
    if (plan.kind === 'undiscovered') {
      // No reason to cut off those who are connected.
      this.unit.addStatus(plan.status);
      return isReachable ? this.#workload.health({ patient: false }) : stopped;
    }
    this.unit.addStatus(new BlockedStatus(describeFaults(plan.faults)));
    if (isReachable) await this.#workload.stop();
    await this.#memory.forget();
    return stopped;
  }

  /** A unit that does not lead runs no tunnel: two with one key would take it from each other. */
  async #standBy(): Promise<void> {
    if (await this.#workload.canConnect()) await this.#workload.stop();
    await this.#memory.forget();
    this.unit.addStatus(standbyStatus(this.app.name, await this.app.plannedUnits()));
  }
}
