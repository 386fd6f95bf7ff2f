import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CharmDefinition } from '../charm/charm-definition.js';
import { VirtualClock } from '../clock/virtual-clock.js';
import { definitionOf, type InProcessCharm } from '../drivers/in-process-charm.js';
import { InProcessDriver } from '../drivers/in-process-driver.js';
import { TestingError } from '../errors/testing-error.js';
import { HookContext } from '../hook-tools/hook-context.js';
import { Journal } from '../journal/journal.js';
import { applicationObjects } from '../juju-objects/application-objects.js';
import { apiAddresses, clusterObjects } from '../juju-objects/cluster-objects.js';
import { hookEnvironment } from '../model/hook-environment.js';
import { hookName } from '../model/hook-event.js';
import type { JujuModel } from '../model/juju-model.js';
import type { Unit } from '../model/unit.js';
import { Cluster, type ClusterWrite } from '../pod/cluster.js';
import { Pod } from '../pod/pod.js';
import { readPodTemplate } from '../simulation/pod-template.js';
import { buildModel } from './build-model.js';
import { describeOutcome } from './describe-outcome.js';
import { events, type EventChoice } from './events.js';
import type { Outcome } from './outcome.js';
import { prepareContainers } from './prepare-containers.js';
import { refuseImpossible } from './refuse-impossible.js';
import type { ContainerState, State } from './state.js';

export interface ContextOptions {
  /** The charm's metadata; found by building the charm once when absent. */
  readonly metadata?: CharmDefinition;
  /** The application's name; the charm's without `-k8s` by default. */
  readonly app?: string;
  readonly model?: string;
  readonly jujuVersion?: string;
  /** A cluster to use; else each process starts one when first needed. */
  readonly cluster?: Cluster;
}

let shared: Promise<Cluster> | undefined;
let queue: Promise<unknown> = Promise.resolve();

/**
 * Runs a charm class for single events: a state goes in, what came of it comes out. Hook tools, Pebble and Kubernetes are the
 * ones of the whole model, so argv, HTTP and error mapping of the charm are really exercised.
 *
 * @example
 * const out = await new Context(SabnzbdCharm).run((on) => on.configChanged(), state({ leader: true }));
 * expect(out.unitStatus).toEqual({ name: 'blocked', message: 'integrate with a vpn-gateway (or set unsafe-mode=true)' });
 */
export class Context {
  readonly #charm: InProcessCharm;
  readonly #options: ContextOptions;

  constructor(charm: InProcessCharm, options: ContextOptions = {}) {
    this.#charm = charm;
    this.#options = options;
  }

  /**
   * Runs one event.
   *
   * @throws TestingError `hook-failed` with the charm's error as `cause`, unless failures are allowed; another code when no unit
   *   can meet this event in this state.
   */
  async run<C extends Readonly<Record<string, ContainerState>>>(
    choose: EventChoice,
    before: State<C>,
    { allowFailure = false }: { readonly allowFailure?: boolean } = {},
  ): Promise<Outcome<C>> {
    // One cluster serves all contexts of a process, one event at a time.
    const turn = queue.then(() => this.#run(choose, before, allowFailure));
    queue = turn.catch(() => undefined);
    return turn;
  }

  async #run<C extends Readonly<Record<string, ContainerState>>>(
    choose: EventChoice,
    before: State<C>,
    allowFailure: boolean,
  ): Promise<Outcome<C>> {
    const charm = this.#options.metadata ?? (await definitionOf(this.#charm));
    const event = choose(events);
    refuseImpossible(event, charm, before);
    const clock = new VirtualClock();
    const journal = new Journal(() => clock.now());
    const { model, unit } = buildModel({
      charm,
      app: this.#options.app ?? charm.name.replace(/-k8s$/, ''),
      modelName: this.#options.model ?? 'media',
      jujuVersion: this.#options.jujuVersion ?? '3.6.9',
      journal,
      state: before,
    });
    const cluster = await this.#cluster(model, unit, before);
    const writes: ClusterWrite[] = [];
    const folder = mkdtempSync(join(tmpdir(), 'cs-'));
    const pod = await this.#pod({ model, unit, charm, cluster, clock, journal, folder, before });
    const stopListening = cluster.onWrite((write) => {
      writes.push(write);
      journal.record({ actor: unit.name, kind: `kubernetes-${write.verb}`, detail: `${write.kind} ${write.name}` });
      pod.refresh();
    });
    const stopTicking = clock.onTick(() => {
      pod.refresh();
    });
    try {
      await prepareContainers(pod, before.containers);
      const context = new HookContext(model, unit, { event, commit: () => undefined });
      const environment = hookEnvironment(model, unit, event, {
        charmDir: pod.charmDir,
        contextId: context.id,
        agentSocket: `${pod.agentDir}/agent.socket`,
        toolsDir: join(folder, 'tools'),
        apiAddresses,
        kubernetes: { host: cluster.host, port: cluster.port },
        kubernetesVersion: '1.35',
      });
      const result = await new InProcessDriver(this.#charm, clock).run({ context, pod, environment });
      context.finish(result);
      if (result.kind === 'exited' && result.exitCode !== 0 && !allowFailure) {
        const reason = result.error instanceof Error ? `: ${result.error.message}` : '';
        throw new TestingError('hook-failed', `${unit.name} ${hookName(event)}${reason}`, { cause: result.error });
      }
      return describeOutcome({ before, model, unit, context, result, pod, cluster, writes, journal });
    } finally {
      stopListening();
      stopTicking();
      await pod.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }

  async #cluster(model: JujuModel, unit: Unit, before: State): Promise<Cluster> {
    const cluster = this.#options.cluster ?? (await (shared ??= Cluster.start()));
    cluster.reset();
    const application = model.application(unit.app);
    for (const object of [
      ...clusterObjects(model.name),
      ...applicationObjects(model, application, '10.152.183.100'),
      ...before.kubernetes.objects,
    ]) {
      cluster.put(object);
    }
    cluster.setTrust(model.name, unit.app, before.trust);
    return cluster;
  }

  async #pod(parts: {
    readonly model: JujuModel;
    readonly unit: Unit;
    readonly charm: CharmDefinition;
    readonly cluster: Cluster;
    readonly clock: VirtualClock;
    readonly journal: Journal;
    readonly folder: string;
    readonly before: State;
  }): Promise<Pod> {
    const { model, unit, cluster, journal, before } = parts;
    const template = readPodTemplate(
      cluster.get({ apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: model.name, name: unit.app }),
    );
    const names = Object.keys(parts.charm.containers);
    return Pod.start({
      unit: unit.name,
      root: join(parts.folder, '1'),
      address: unit.address,
      namespace: model.name,
      containers: names,
      offline: names.filter((name) => before.containers[name]?.canConnect !== true),
      template,
      serviceAccount: { token: cluster.token(model.name, unit.name), caCertificate: cluster.caCertificate },
      clock: parts.clock,
      world: { gateway: () => undefined },
      settings: () => ({}),
      vpn: () => 'up',
      force: before.pod,
      files: Object.fromEntries(names.map((name) => [name, before.containers[name]?.files ?? {}])),
      journal: (container, kind, detail) => {
        journal.record({ actor: unit.name, kind, detail: `${container}: ${detail}` });
      },
      onPebbleEvent: () => undefined,
    });
  }
}
