import type { CharmBase } from '@charm-ts/ops';
import {
  type Discovery,
  encodeProviderData,
  type Prefix,
  readProviderData,
  VpnGatewayProvider,
} from '@charm-ts/vpn-gateway';
import { confirmedRanges } from '../configuration/cluster-settings.js';
import type { metadata } from '../generated/metadata.js';
import type { TunnelHealth } from '../health/tunnel-health.js';
import type { OverlayData } from './gateway-plan.js';

const endpoint = 'vpn-gateway';

/** Who uses the gateway. */
export interface ClientSummary {
  readonly count: number;
  /** True while one of them runs the scripts of the pod-gateway image, which ping the gateway's pod address. */
  readonly legacy: boolean;
}

/** The applications that use the gateway, and what they are told. */
export class Clients {
  readonly #charm: CharmBase<typeof metadata>;
  readonly #provider: VpnGatewayProvider<typeof metadata>;

  constructor(charm: CharmBase<typeof metadata>) {
    this.#charm = charm;
    this.#provider = new VpnGatewayProvider(charm, endpoint);
  }

  async summary(): Promise<ClientSummary> {
    const clients = await this.#provider.clients();
    return { count: clients.length, legacy: clients.some(({ legacy }) => legacy) };
  }

  /**
   * Tells all clients the state of the gateway; what they know already is not written again. Where nothing can be said
   * of the overlay, at least a tunnel that is gone is taken back.
   */
  async publish(overlay: OverlayData | undefined, health: TunnelHealth, discovery: Discovery): Promise<void> {
    const confirmed = discovery.kind === 'ok' ? confirmedRanges(discovery.facts) : [];
    const isConnected = health.kind === 'connected';
    const state = { vpn_connected: isConnected, external_ip: isConnected ? health.address : null };
    if (overlay !== undefined) await this.#provider.publish({ ...overlay, ...state }, confirmed);
    else if (!isConnected) await this.#takeBack(confirmed);
  }

  async #takeBack(confirmed: readonly Prefix[]): Promise<void> {
    for (const relation of await this.#charm.model.relations(endpoint)) {
      const databag = relation.data(this.#charm.app);
      const reading = readProviderData(await databag.read(), { confirmed });
      if (reading.kind !== 'ok') continue;
      await databag.update(encodeProviderData({ ...reading.data, vpn_connected: false, external_ip: null }, confirmed));
    }
  }
}
