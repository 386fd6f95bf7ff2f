import type { CharmMetadata } from '@charm-ts/ops';
import type { CharmSeam } from '../charm/charm-seam.js';
import type { VpnEndpoint } from '../charm/vpn-endpoint.js';
import type { Prefix } from '../cidr/prefix.js';
import type { ProviderData } from '../contract/provider-schema.js';
import { readProviderData, readRequirerData } from '../contract/read-databag.js';
import type { Reading } from '../contract/reading.js';
import type { RequirerData } from '../contract/requirer-schema.js';
import { encodeProviderData, encodeWithdrawal } from '../contract/write-databag.js';
import type { GatewaySpec } from '../objects/gateway-protection.js';
import { type ForwardedPort, type PortAnswers, PortHolder } from './forwarded-port.js';

/** A related client. */
export interface GatewayClient {
  readonly relationId: number;
  /** Application name as this model knows it (for a cross-model relation the offer's). */
  readonly app: string;
  /** What the client wrote. */
  readonly data: Reading<RequirerData>;
  /** True for a client with the image's own scripts: it pings the gateway's pod address before it joins. */
  readonly legacy: boolean;
  /** True for a client that asks for the port that the VPN provider forwards. */
  readonly wantsPort: boolean;
  /** Name of its first pod. */
  readonly pod: string;
}

/**
 * Where the clients' pods are, for {@link GatewaySpec}; `undefined` while one of them does not say it (Python clients never do): then the overlay's port has to be open to all pods.
 * Who has written nothing yet has not begun to join.
 */
export function clientPods(clients: readonly GatewayClient[]): GatewaySpec['clients'] {
  const pods = clients
    .filter(({ data }) => data.kind !== 'empty')
    .map(({ data }) =>
      data.kind === 'ok' && data.data.model !== undefined
        ? { namespace: data.data.model, app: data.data.instance_name }
        : undefined,
    );
  return pods.every((pod) => pod !== undefined) ? pods : undefined;
}

/**
 * The gateway's end of `vpn-gateway`.
 *
 * @example
 * ```ts
 * readonly #clients = new VpnGatewayProvider(this, 'vpn-gateway');
 * // in every reconcile, also while blocked:
 * await this.#clients.publish({ ...settings, vpn_connected: health.up, external_ip: health.up ? health.address : null });
 * ```
 */
export class VpnGatewayProvider<M extends CharmMetadata> {
  readonly #charm: CharmSeam<M>;
  readonly #endpoint: VpnEndpoint<M['provides']>;

  constructor(charm: CharmSeam<M>, endpoint: VpnEndpoint<M['provides']>) {
    this.#charm = charm;
    this.#endpoint = endpoint;
  }

  /**
   * Writes the data to every relation where they differ from what is there; only the leader does. `confirmed` are public prefixes that are this cluster's.
   * `answers` are those of {@link portAnswers}: each relation is told its own.
   *
   * @returns true when something was written.
   * @throws {@link ContractError} for data that no reader would take.
   */
  async publish(data: ProviderData, confirmed: readonly Prefix[] = [], answers?: PortAnswers): Promise<boolean> {
    const { unit, app } = this.#charm;
    const encode = (relationId: number) => encodeProviderData({ ...data, ...answers?.fields(relationId) }, confirmed);
    // Bad data fail before anything is written, and also without a relation.
    encodeProviderData(data, confirmed);
    if (!(await unit.isLeader())) return false;
    const relations = await this.#charm.model.relations(this.#endpoint);
    const written = [];
    for (const relation of relations) written.push(await relation.data(app).update(encode(relation.id)));
    return written.includes(true);
  }

  /** Takes back a tunnel that is gone, where nothing new can be said of the overlay: all else that was published stays. */
  async withdraw(confirmed: readonly Prefix[] = []): Promise<void> {
    const { unit, app } = this.#charm;
    if (!(await unit.isLeader())) return;
    for (const relation of await this.#charm.model.relations(this.#endpoint)) {
      const databag = relation.data(app);
      const published = await databag.read();
      const reading = readProviderData(published, { confirmed });
      if (reading.kind === 'empty') continue;
      if (reading.kind === 'invalid') {
        await databag.update(encodeWithdrawal(published));
        continue;
      }
      const kept = { ...reading.data };
      delete kept.forwarded_port;
      await databag.update(encodeProviderData({ ...kept, vpn_connected: false, external_ip: null }, confirmed));
    }
  }

  /**
   * Who of the clients gets the forwarded port, and what each is told. The first that asks keeps it until it asks no more or its relation is gone.
   *
   * @example
   * ```ts
   * const answers = await this.#clients.portAnswers(await this.#clients.clients(), { kind: 'port', port: 51413 });
   * const pod = answers.holder?.pod; // for `GatewaySpec.forwarded`
   * await this.#clients.publish(data, [], answers);
   * ```
   */
  portAnswers(clients: readonly GatewayClient[], forwarded: ForwardedPort): Promise<PortAnswers> {
    return new PortHolder(this.#charm.framework.state).answers(clients, forwarded);
  }

  /** Every related application and what it wrote. */
  async clients(): Promise<readonly GatewayClient[]> {
    const relations = await this.#charm.model.relations(this.#endpoint);
    const clients = await Promise.all(
      relations.map(async (relation): Promise<GatewayClient[]> => {
        if (relation.app === undefined) return [];
        const data = readRequirerData(await relation.data(relation.app).read());
        const legacy = data.kind === 'ok' && data.data.agent === undefined;
        const wantsPort = data.kind === 'ok' && data.data.forwarded_port === 'wanted';
        const pod = `${data.kind === 'ok' ? data.data.instance_name : relation.app.name}-0`;
        return [{ relationId: relation.id, app: relation.app.name, data, legacy, wantsPort, pod }];
      }),
    );
    return clients.flat();
  }

  /** How many applications use the gateway, for the status. */
  async clientCount(): Promise<number> {
    return (await this.clients()).length;
  }
}
