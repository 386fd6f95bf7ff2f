import type { CharmHost } from '../charm/charm-host.js';
import type { Clock } from '../clock.js';
import type { EventSource } from '../events/event-source.js';
import type { HookEvent } from '../events/hook-event.js';
import type { JujuContext } from '../juju/juju-context.js';
import type { KubeApi } from '../kubernetes/kube-api.js';
import type { Logger } from '../logging/logger.js';
import { PodNetwork } from '../pod/pod-network.js';
import type { DispatchSession } from './dispatch-session.js';
import type { HandlerRegistry } from './handler-registry.js';
import { connectKubernetes } from './connect-kubernetes.js';
import { StateStore } from './state-store.js';

/** Events that a reconciler has nothing to do with, or must not act on. */
const specialKinds: ReadonlySet<HookEvent['kind']> = new Set([
  'action',
  'stop',
  'remove',
  'secret-rotate',
  'secret-expired',
  'secret-remove',
]);

const ordinaryEvents: EventSource<HookEvent> = {
  description: 'reconcile',
  matches: (event): event is HookEvent => !specialKinds.has(event.kind),
};

/**
 * What a charm is built on: the event, the handlers, and the ways out of the process. One for each dispatch.
 *
 * @example
 * ```ts
 * constructor(framework: Framework) {
 *   super(framework, metadata);
 *   framework.reconcile(this.reconcile);
 *   framework.observe(this.on.action('rotate-server'), this.rotateServer);
 * }
 * ```
 */
export class Framework {
  /** Why Juju called the charm. */
  readonly event: HookEvent;
  readonly context: JujuContext;
  readonly log: Logger;
  readonly clock: Clock;
  readonly state: StateStore;
  readonly podNetwork: PodNetwork;
  /** What the model works with; a charm has no use for it. */
  readonly session: DispatchSession;
  readonly #host: CharmHost;
  readonly #handlers: HandlerRegistry;
  #kubeApi: Promise<KubeApi> | undefined;

  /** Built by the dispatch, never by a charm. */
  constructor(host: CharmHost, session: DispatchSession, log: Logger, handlers: HandlerRegistry) {
    this.event = session.event;
    this.context = session.context;
    this.log = log;
    this.clock = host.clock;
    this.state = new StateStore(session.tools);
    this.podNetwork = new PodNetwork(session.context.root);
    this.session = session;
    this.#host = host;
    this.#handlers = handlers;
  }

  /**
   * Calls the handler for every ordinary event: all but actions, `stop`, `remove`, and `secret-rotate`, `-expired` and `-remove`.
   * It has to be safe to run again at any time.
   */
  reconcile(handler: () => Promise<void>): void {
    this.#handlers.add(ordinaryEvents, () => handler());
  }

  /** Calls the handler for the events of a source; handlers run one after the other, in the order in which they were registered. */
  observe<E extends HookEvent>(source: EventSource<E>, handler: (event: E) => Promise<void>): void {
    this.#handlers.add(source, handler);
  }

  /**
   * Runs an effect that may end this pod after status and state have been written; effects run in the order in which they were
   * registered. An effect may add a status and set state: both are written after it.
   */
  atCommit(effect: () => Promise<void>): void {
    this.#handlers.atCommit(effect);
  }

  /** The cluster's API server; connects when first called. Throws `KubeApiError`. */
  kubeApi(): Promise<KubeApi> {
    this.#kubeApi ??= this.#host.kubeApi?.() ?? connectKubernetes(this.#host.environment, this.context.root);
    return this.#kubeApi;
  }
}
