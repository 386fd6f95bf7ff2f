import { connectInCluster } from '@charm-ts/ops/kubernetes';
import { GluetunCharm } from '../../../src/charm.js';
import { buildModel } from '../../../lib/testing/src/context/build-model.js';
import { relation } from '../../../lib/testing/src/context/relation-state.js';
import { secret, state } from '../../../lib/testing/src/context/state.js';
import { definitionOf } from '../../../lib/testing/src/drivers/in-process-charm.js';
import { HookContext, type HookToolInvocation, type LogLine } from '../../../lib/testing/src/index.js';
import { Journal } from '../../../lib/testing/src/journal/journal.js';
import { apiAddresses } from '../../../lib/testing/src/juju-objects/cluster-objects.js';
import { hookEnvironment } from '../../../lib/testing/src/model/hook-environment.js';
import { type HookEvent, hookName } from '../../../lib/testing/src/model/hook-event.js';
import type { JujuModel } from '../../../lib/testing/src/model/juju-model.js';
import { nextHook } from '../../../lib/testing/src/model/next-hook.js';
import type { Unit } from '../../../lib/testing/src/model/unit.js';
import type { Cluster } from '../../../lib/testing/src/pod/cluster.js';
import type { RealClock } from '../../../lib/testing/src/clock/real-clock.js';
import type { PodRoot } from './pod-root.js';

export interface AgentOptions {
  readonly cluster: Cluster;
  readonly clock: RealClock;
  readonly root: PodRoot;
  readonly config: Readonly<Record<string, string | number | boolean>>;
  readonly privateKey: string;
}

/** The client as the gateway's databag knows it: it asks for the provider's port. */
const client = relation('vpn-gateway', {
  remoteApp: 'sabnzbd',
  remoteAppData: {
    config: JSON.stringify({ instance_name: 'sabnzbd', agent: 'vpn-gateway-1', forwarded_port: 'wanted' }),
  },
});

/** Juju's agent of unit gluetun/0: it dispatches the charm for whatever is due, with the machine's own time. */
export class JujuAgent {
  readonly #options: AgentOptions;
  readonly #model: JujuModel;
  readonly #unit: Unit;
  readonly #secretId: string;
  readonly #hooks: { readonly hook: string; readonly milliseconds: number; readonly exitCode: number }[] = [];
  readonly #calls: HookToolInvocation[] = [];
  readonly #log: LogLine[] = [];
  #wake: () => void = () => undefined;

  private constructor(options: AgentOptions, model: JujuModel, unit: Unit, secretId: string) {
    this.#options = options;
    this.#model = model;
    this.#unit = unit;
    this.#secretId = secretId;
  }

  static async create(options: AgentOptions): Promise<JujuAgent> {
    const key = secret({ 'private-key': options.privateKey });
    const { model, unit } = buildModel({
      charm: await definitionOf(GluetunCharm),
      app: 'gluetun',
      modelName: 'media',
      jujuVersion: '3.6.9',
      journal: new Journal(() => options.clock.now()),
      state: state({
        leader: true,
        config: { ...options.config, 'wireguard-private-key-secret': key.id },
        relations: [client],
        secrets: [key],
      }),
    });
    return new JujuAgent(options, model, unit, key.id);
  }

  get model(): JujuModel {
    return this.#model;
  }

  /** What `juju status` and the client see, and how long hooks took. */
  get view(): object {
    const config = this.#model.relations.get(client.id)?.bag('gluetun').read()['config'] ?? '{}';
    return { status: this.#unit.status, databag: JSON.parse(config) as object, hooks: this.#hooks };
  }

  /** Everything in which a key must not turn up; what the secret itself holds is not part of it. */
  get evidence(): object {
    const bags = [...this.#model.relations.values()].map((each) => [
      each.bag('gluetun').read(),
      each.bag('gluetun/0').read(),
    ]);
    return { ...this.view, bags, calls: this.#calls, log: this.#log, state: [...this.#unit.state] };
  }

  /** A new pod has come up, its containers' Pebbles answer. */
  podReplaced(): void {
    this.#unit.memory.podReplaced();
    this.#unit.memory.readyContainers.add('gluetun');
    this.#wake();
  }

  /** What the container's Pebble tells. */
  request(event: HookEvent): void {
    this.#model.request(this.#unit.name, event);
    this.#wake();
  }

  /** `juju update-secret`. */
  updateSecret(privateKey: string): void {
    this.#model.updateSecret(this.#secretId, { 'private-key': privateKey });
    this.#wake();
  }

  /** Dispatches until the process ends. */
  async run(): Promise<never> {
    for (;;) {
      const due = nextHook(this.#model, this.#unit);
      if (due === undefined) await new Promise<void>((resolve) => (this.#wake = resolve));
      else await this.#dispatch(new HookContext(this.#model, this.#unit, due));
    }
  }

  async #dispatch(context: HookContext): Promise<void> {
    const { cluster, clock, root } = this.#options;
    const started = performance.now();
    const environment = hookEnvironment(this.#model, this.#unit, context.event, {
      charmDir: root.charmDir,
      contextId: context.id,
      agentSocket: `${root.path}/agent.socket`,
      toolsDir: `${root.path}/tools`,
      apiAddresses,
      kubernetes: { host: cluster.host, port: cluster.port },
      kubernetesVersion: '1.35',
    });
    const { exitCode, error } = await GluetunCharm.dispatch({
      environment,
      hookTools: context,
      clock,
      kubeApi: () => connectInCluster({ environment, root: root.path }),
      stderr: (message) => context.log.push({ level: 'WARNING', message }),
    });
    context.finish({ kind: 'exited', exitCode, error });
    this.#calls.push(...context.calls);
    this.#log.push(...context.log);
    const hook = hookName(context.event);
    this.#hooks.push({ hook, milliseconds: Math.round(performance.now() - started), exitCode });
    const { name, message } = this.#unit.status;
    process.stdout.write(`${new Date().toISOString()} ${hook}: exit code ${exitCode}; ${name}: ${message}\n`);
    if (error !== undefined) process.stdout.write(`${error instanceof Error ? (error.stack ?? '') : 'no error'}\n`);
  }
}
