import type { PodCaseName } from './pod-case.js';
import type { PodTemplate } from './pod-template.js';

export type Settings = Readonly<Record<string, string>>;

/** A gateway as a client's overlay meets it. */
export interface GatewayView {
  readonly settings: Settings;
  readonly tunnel: 'up' | 'down';
}

/** What a pod's network depends on outside the pod. */
export interface SimulatedWorld {
  /** The running gateway pod behind a DNS name, or undefined. */
  gateway(dnsName: string): GatewayView | undefined;
}

/** How long a sidecar needs to join the overlay, in milliseconds: an address by DHCP, routes, a first answer. */
export const joiningTime = 2_000;

/**
 * Which recorded situation a pod is in. It remembers what a network namespace remembers: whether the overlay was ever joined,
 * and since when the gateway has been answering.
 */
export class PodSimulation {
  #joined = false;
  #answeringSince: number | undefined;

  next(template: PodTemplate, settings: Settings, world: SimulatedWorld, now: number): PodCaseName {
    if (!template.initContainers.includes('vpn-route-init')) return 'no-overlay';
    const gateway = template.containers.includes('vpn-route-sidecar')
      ? world.gateway(settings['GATEWAY'] ?? '')
      : undefined;
    if (gateway === undefined || !sameOverlay(settings, gateway.settings)) {
      this.#answeringSince = undefined;
      return this.#joined ? 'gateway-gone' : 'closed';
    }
    this.#answeringSince ??= now;
    if (now - this.#answeringSince < joiningTime) return this.#joined ? 'gateway-gone' : 'closed';
    this.#joined = true;
    return gateway.tunnel === 'up' ? 'protected' : 'tunnel-down';
  }
}

/** Two ends with another id, port or network never hear each other. */
function sameOverlay(client: Settings, gateway: Settings): boolean {
  return ['VXLAN_ID', 'VXLAN_PORT', 'VXLAN_NETWORK'].every((key) => client[key] === gateway[key]);
}
