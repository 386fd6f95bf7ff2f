import type { StateSeam } from '../charm/charm-seam.js';
import type { ProviderData } from '../contract/provider-schema.js';
import { digestOf } from '../objects/digest.js';

/** What an author can be told; each is told once. */
export type VpnEvent =
  /** The gate has opened: the pod's path is verified, the tunnel is up, `start` has been called. */
  | { readonly kind: 'ready'; readonly gateway: ProviderData }
  /** The gate is still open, and the gateway has published something else, such as another address. */
  | { readonly kind: 'changed'; readonly gateway: ProviderData }
  /** The gate was open and is not any more; the reason is the unit's status. */
  | { readonly kind: 'lost'; readonly reason: string }
  /** The port that is forwarded to this client is another one, or there is none (any more); `reason` is the gateway's. */
  | { readonly kind: 'forwarded-port'; readonly port: number | undefined; readonly reason: string | undefined };

/** Name of an event. */
export type VpnEventKind = VpnEvent['kind'];

/** What an author does about an event. It runs inside {@link VpnGatewayRequirer.reconcile}; when it throws, the hook fails and the event comes again. */
export type VpnEventHandler<K extends VpnEventKind> = (
  event: Extract<VpnEvent, { readonly kind: K }>,
) => Promise<void> | void;

/** What the gate is now. */
export type GateSight =
  { readonly open: true; readonly gateway: ProviderData } | { readonly open: false; readonly reason: string };

const key = 'vpn-gateway.told';
const portKey = 'vpn-gateway.told-port';

/**
 * Tells authors what has changed since they were told last. Derived from the level and kept in the unit's state, so nothing is missed
 * when a pod is replaced, and nothing is told twice.
 */
export class VpnEvents {
  readonly #state: StateSeam;
  readonly #handlers = new Map<VpnEventKind, ((event: VpnEvent) => Promise<void> | void)[]>();

  constructor(state: StateSeam) {
    this.#state = state;
  }

  observe<K extends VpnEventKind>(kind: K, handler: VpnEventHandler<K>): void {
    const isOurs = (event: VpnEvent): event is Extract<VpnEvent, { readonly kind: K }> => event.kind === kind;
    const handlers = this.#handlers.get(kind) ?? [];
    handlers.push((event) => (isOurs(event) ? handler(event) : undefined));
    this.#handlers.set(kind, handlers);
  }

  async tell(sight: GateSight): Promise<void> {
    await this.#tellGate(sight);
    // A port that cannot be used just now is not another one.
    if (sight.open) await this.#tellPort(sight.gateway);
  }

  async #tellGate(sight: GateSight): Promise<void> {
    const told = await this.#state.get(key);
    const now = sight.open ? digestOf(sight.gateway) : undefined;
    if (told === now) return;
    await this.#call(eventOf(sight, told !== undefined));
    if (now === undefined) await this.#state.delete(key);
    else await this.#state.set(key, now);
  }

  async #tellPort({ forwarded_port: port, forwarded_port_reason: reason }: ProviderData): Promise<void> {
    const told = await this.#state.get(portKey);
    const now = port === undefined ? undefined : String(port);
    if (told === now) return;
    await this.#call({ kind: 'forwarded-port', port, reason });
    if (now === undefined) await this.#state.delete(portKey);
    else await this.#state.set(portKey, now);
  }

  async #call(event: VpnEvent): Promise<void> {
    for (const handler of this.#handlers.get(event.kind) ?? []) await handler(event);
  }
}

function eventOf(sight: GateSight, wasOpen: boolean): VpnEvent {
  if (!sight.open) return { kind: 'lost', reason: sight.reason };
  return { kind: wasOpen ? 'changed' : 'ready', gateway: sight.gateway };
}
