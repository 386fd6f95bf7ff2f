import { BlockedStatus, CharmBase, type Framework, PebbleError, WaitingStatus } from '@charm-ts/ops';
import { clientPods, confirmedPrefixes, type Discovery, VpnGatewayProvider } from '@charm-ts/vpn-gateway';
import { GatewayActions } from './actions/gateway-actions.js';
import type { GatewayView } from './actions/show-status.js';
import { describeFaults } from './configuration/fault.js';
import { forwardedPort, withoutTunnel } from './gateway/forwarded-port.js';
import { GatewayCluster } from './gateway/gateway-cluster.js';
import { type GatewayPlan, planGateway } from './gateway/gateway-plan.js';
import { meshRemark, serviceMesh } from './gateway/service-mesh.js';
import { metadata } from './generated/metadata.js';
import { GluetunServers } from './health/gluetun-servers.js';
import { HealthMemory } from './health/health-memory.js';
import { stopped, type TunnelHealth, tunnelHealth, type TunnelObservation } from './health/tunnel-health.js';
import { tellVersion } from './health/workload-version.js';
import { readKeys } from './secret/read-secret.js';
import { portRemark } from './status/port-remark.js';
import { standbyStatus } from './status/standby-status.js';
import { tunnelStatus } from './status/tunnel-status.js';
import { gluetun } from './workload/gluetun-layer.js';
import { GluetunWorkload } from './workload/gluetun-workload.js';

/** Runs Gluetun as the VPN gateway of other applications. */
export class GluetunCharm extends CharmBase<typeof metadata> {
  readonly #workload: GluetunWorkload;
  readonly #servers: GluetunServers;
  readonly #cluster: GatewayCluster;
  readonly #clients: VpnGatewayProvider<typeof metadata>;
  readonly #memory: HealthMemory;

  constructor(framework: Framework) {
    super(framework, metadata);
    this.#workload = new GluetunWorkload(this.unit.container(gluetun));
    this.#servers = new GluetunServers(framework.podNetwork);
    this.#cluster = new GatewayCluster(this);
    this.#clients = new VpnGatewayProvider(this, 'vpn-gateway');
    this.#memory = new HealthMemory(framework.state);
    new GatewayActions(this, {
      workload: this.#workload,
      view: async () => this.#view(await this.#cluster.discover()),
    });
    framework.reconcile(this.reconcile);
    framework.observe(this.on.remove, this.#remove);
  }

  reconcile = async (): Promise<void> => {
    if (!(await this.unit.isLeader())) return this.#standBy();
    const discovery = await this.#cluster.discover();
    const view = await this.#view(discovery);
    const { plan, clients, forwarded } = view;
    const health = plan.kind === 'gateway' ? await this.#run(plan, view) : await this.#standDown(plan, view.workload);
    const isConnected = health.kind === 'connected' && !(await this.#isLeaving());
    const confirmed = confirmedPrefixes(discovery.kind === 'ok' ? discovery.facts : undefined);
    if (plan.overlay !== undefined) {
      const state = { vpn_connected: isConnected, external_ip: isConnected ? health.address : null };
      const told = isConnected ? view.answers : await this.#clients.portAnswers(clients, withoutTunnel(forwarded));
      await this.#clients.publish({ ...plan.overlay, ...state }, confirmed, told);
    } else if (!isConnected) await this.#clients.withdraw(confirmed);
  };

  /** True when this hook takes the last unit out of a relation: what it says there is its last word. */
  async #isLeaving(): Promise<boolean> {
    const { kind } = this.framework.event;
    return (kind === 'relation-departed' || kind === 'relation-broken') && (await this.app.plannedUnits()) === 0;
  }

  /** The tunnel ends before what protects it is taken away. */
  #remove = async (): Promise<void> => {
    if ((await this.app.plannedUnits()) > 0) return;
    try {
      if (await this.#workload.canConnect()) await this.#workload.stop();
    } catch (error) {
      if (!(error instanceof PebbleError)) throw error;
      // The container ends with the pod.
      this.framework.log.warning(`Gluetun was not stopped: ${error.message}`);
    }
    await this.#cluster.remove();
  };

  /** Everything that the gateway depends on, and what it should be. */
  async #view(discovery: Discovery): Promise<GatewayView> {
    const { app, model, config: options } = this;
    const [keys, clients, workload] = await Promise.all([
      readKeys(model, options, app.name),
      this.#clients.clients(),
      this.#workload.look(),
    ]);
    const forwarded = forwardedPort(app.name, options, workload);
    const answers = await this.#clients.portAnswers(clients, forwarded);
    const pod = answers.holder?.pod;
    const plan = planGateway({
      app: app.name,
      model: model.name,
      options,
      keys,
      discovery,
      clients: clientPods(clients),
      legacyClients: clients.some(({ legacy }) => legacy),
      forwarded: forwarded.kind === 'none' || pod === undefined ? undefined : { port: forwarded.port, pod },
    });
    return { plan, workload, clients, forwarded, answers };
  }

  /** Protects the pod, runs Gluetun in it and reports what became of the tunnel. */
  async #run(plan: GatewayPlan, { workload: before, clients, forwarded, answers }: GatewayView): Promise<TunnelHealth> {
    const permission = await this.#cluster.protect(plan.spec, before?.service === 'active');
    if (before === undefined) {
      this.unit.addStatus(new WaitingStatus(`waiting for Pebble in container ${gluetun}`));
      return stopped;
    }
    const hasStarted = permission === 'run' && (await this.#workload.run(plan));
    const seen = hasStarted ? ((await this.#workload.look()) ?? before) : before;
    const health = tunnelHealth(seen);
    const memory = await this.#memory.note(health, this.framework.clock.now(), hasStarted);
    if (health.kind === 'stopped') return health;
    // What was planned with and what is published from now on; all else is news.
    await this.#workload.expect({ address: seen.address, forwardedPort: before.forwardedPort });
    await tellVersion({ state: this.framework.state, servers: this.#servers, unit: this.unit });
    const isConnected = health.kind === 'connected';
    const mesh = meshRemark(await serviceMesh(this.framework, this.model.name), this.model.name);
    const status = tunnelStatus({
      health,
      memory,
      clients: clients.length,
      provider: plan.tunnel.provider,
      country: isConnected ? await this.#servers.country() : undefined,
      reason: isConnected ? undefined : await this.#servers.complaint(),
      port: portRemark(this.config['port-forwarding'], forwarded, answers.holder),
      remarks: [plan.remark, mesh].filter((remark) => remark !== undefined),
    });
    this.unit.addStatus(status);
    return health;
  }

  /** Ends a tunnel whose settings have become wrong, or whose key was taken back. */
  async #standDown(
    plan: Exclude<ReturnType<typeof planGateway>, GatewayPlan>,
    workload: TunnelObservation | undefined,
  ): Promise<TunnelHealth> {
    if (plan.kind === 'undiscovered') {
      // No reason to cut off those who are connected.
      this.unit.addStatus(plan.status);
      return workload === undefined ? stopped : tunnelHealth(workload);
    }
    this.unit.addStatus(new BlockedStatus(describeFaults(plan.faults)));
    if (workload !== undefined) await this.#workload.stop();
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
