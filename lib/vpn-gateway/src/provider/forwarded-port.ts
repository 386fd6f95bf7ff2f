import type { StateSeam } from '../charm/charm-seam.js';
import type { ProviderData } from '../contract/provider-schema.js';

/** What the gateway can say of the port that the VPN provider forwards. */
export type ForwardedPort =
  | { readonly kind: 'port'; readonly port: number }
  /** Why there is none, in words for the operator of a client. */
  | { readonly kind: 'none'; readonly reason: string };

/** A client, as far as the port goes. */
export interface PortSeeker {
  readonly relationId: number;
  readonly app: string;
  readonly wantsPort: boolean;
  readonly pod: string;
}

/** Who gets the port, and what every client is told. */
export interface PortAnswers {
  readonly holder: PortSeeker | undefined;
  /** The fields of one relation's data. */
  fields(relationId: number): Pick<ProviderData, 'forwarded_port' | 'forwarded_port_reason'>;
}

const key = 'vpn-gateway.port-holder';

/** Remembers who has the port, so that a client that comes later never takes it away, whatever its relation's number. */
export class PortHolder {
  readonly #state: StateSeam;

  constructor(state: StateSeam) {
    this.#state = state;
  }

  async answers(clients: readonly PortSeeker[], forwarded: ForwardedPort): Promise<PortAnswers> {
    const seekers = clients
      .filter(({ wantsPort }) => wantsPort)
      .sort((one, other) => one.relationId - other.relationId);
    const held = await this.#state.get(key);
    const holder = seekers.find(({ relationId }) => String(relationId) === held) ?? seekers[0];
    const next = holder === undefined ? undefined : String(holder.relationId);
    if (next === undefined && held !== undefined) await this.#state.delete(key);
    if (next !== undefined && next !== held) await this.#state.set(key, next);
    return { holder, fields: (relationId) => fieldsFor(relationId, seekers, holder, forwarded) };
  }
}

function fieldsFor(
  relationId: number,
  seekers: readonly PortSeeker[],
  holder: PortSeeker | undefined,
  forwarded: ForwardedPort,
): Pick<ProviderData, 'forwarded_port' | 'forwarded_port_reason'> {
  if (holder === undefined || !seekers.some((seeker) => seeker.relationId === relationId)) return {};
  if (forwarded.kind === 'none') return { forwarded_port_reason: forwarded.reason };
  if (holder.relationId === relationId) return { forwarded_port: forwarded.port };
  return { forwarded_port_reason: `the gateway has one port, and ${holder.app} has it` };
}
