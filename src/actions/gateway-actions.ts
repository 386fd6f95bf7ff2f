import type { ActionEvent, CharmBase } from '@charm-ts/ops';
import type { metadata } from '../generated/metadata.js';
import { tunnelHealth } from '../health/tunnel-health.js';
import { gluetun, probeTargets } from '../workload/gluetun-layer.js';
import type { GluetunWorkload } from '../workload/gluetun-workload.js';
import { ActionFailure } from './action-failure.js';
import { type Command, commandIn } from './command.js';
import { integerParam } from './integer-param.js';
import { proofFailure, proofResults } from './proof-results.js';
import { reconnect } from './reconnect.js';
import { describeGateway, type GatewayView } from './show-status.js';
import { Speedtest } from './speedtest.js';
import { proveGateway } from './verify.js';

/** What the actions take from the charm. */
export interface ActionParts {
  readonly workload: GluetunWorkload;
  readonly view: () => Promise<GatewayView>;
}

const serverIds = { lowest: 0, highest: 1_000_000 };

/** The operator's actions. They change nothing that the next hook would not put back. */
export class GatewayActions {
  readonly #charm: CharmBase<typeof metadata>;
  readonly #parts: ActionParts;
  readonly #command: Command;

  constructor(charm: CharmBase<typeof metadata>, parts: ActionParts) {
    this.#charm = charm;
    this.#parts = parts;
    this.#command = commandIn(charm.unit.container(gluetun));
    const { framework, on } = charm;
    framework.observe(on.action('speedtest'), this.#orFail(this.#speedtest));
    framework.observe(on.action('reconnect'), this.#orFail(this.#reconnect));
    framework.observe(on.action('show-status'), this.#orFail(this.#showStatus));
    framework.observe(on.action('verify'), this.#orFail(this.#verify));
  }

  #orFail(action: (event: ActionEvent) => Promise<void>): (event: ActionEvent) => Promise<void> {
    return async (event) => {
      try {
        await action(event);
      } catch (error) {
        if (!(error instanceof ActionFailure)) throw error;
        await event.fail(error.message);
      }
    };
  }

  readonly #speedtest = async (event: ActionEvent): Promise<void> => {
    const id = event.params['server-id'];
    const request = {
      serverId: id === undefined ? undefined : integerParam(event.params, 'server-id', { ...serverIds, fallback: 0 }),
      duration: integerParam(event.params, 'duration', { lowest: 1, highest: 60, fallback: 15 }),
      timeout: integerParam(event.params, 'timeout', { lowest: 1, highest: 120, fallback: 30 }),
    };
    const { workload } = await this.#running();
    if (workload === undefined || tunnelHealth(workload).kind !== 'connected') {
      throw new ActionFailure('the VPN is not connected: nothing can leave the pod');
    }
    await event.setResults(await new Speedtest(this.#tools(event), request).run());
  };

  readonly #reconnect = async (event: ActionEvent): Promise<void> => {
    const timeout = integerParam(event.params, 'timeout', { lowest: 5, highest: 300, fallback: 60 });
    const { plan } = await this.#running();
    const { workload } = this.#parts;
    const results = await reconnect({ ...this.#tools(event), workload }, timeout);
    const isFixed = plan.kind === 'gateway' && plan.tunnel.endpoint !== undefined;
    await event.setResults({ ...results, server: isFixed ? 'the same: the options name it' : 'chosen anew' });
  };

  readonly #showStatus = async (event: ActionEvent): Promise<void> => {
    await event.setResults(await describeGateway(await this.#parts.view(), this.#command));
  };

  readonly #verify = async (event: ActionEvent): Promise<void> => {
    const { app, framework } = this.#charm;
    if ((await this.#parts.workload.look()) === undefined) throw new ActionFailure(noPebble);
    const { plan } = await this.#parts.view();
    const [target = ''] = probeTargets(plan.kind === 'gateway' ? plan.settings : {});
    const lines = await proveGateway({
      app: app.name,
      target,
      command: this.#command,
      podNetwork: framework.podNetwork,
      kubeApi: () => framework.kubeApi(),
      log: (text) => event.log(text),
    });
    await event.setResults(proofResults(lines));
    const failure = proofFailure(lines);
    if (failure !== undefined) throw new ActionFailure(failure);
  };

  /** The gateway of a leader whose settings are complete and whose Gluetun runs. */
  async #running(): Promise<GatewayView> {
    if (!(await this.#charm.unit.isLeader())) {
      throw new ActionFailure('run it on the leader: only that unit runs the VPN');
    }
    const view = await this.#parts.view();
    if (view.plan.kind === 'blocked') throw new ActionFailure('the settings are not complete, see: juju status');
    if (view.workload === undefined) throw new ActionFailure(noPebble);
    if (view.workload.service !== 'active') throw new ActionFailure('Gluetun does not run, see: juju status');
    return view;
  }

  #tools(event: ActionEvent) {
    return {
      command: this.#command,
      clock: this.#charm.framework.clock,
      log: (text: string): Promise<void> => event.log(text),
    };
  }
}

const noPebble = `Pebble in the container ${gluetun} does not answer`;
