import { digestOf } from './digest.js';

/** The overlay network, the same on both sides. */
export interface OverlaySettings {
  /** VXLAN network identifier, 1 to 16777215. */
  readonly id: number;
  /** UDP port. */
  readonly port: number;
  /** First three octets, e.g. `172.16.0`. */
  readonly network: string;
}

/** What restarts a pod when it changes: scripts and overlay. Everything else is taken from the ConfigMap by the running sidecar. */
export function overlayDigest(overlay: OverlaySettings, scripts: Readonly<Record<string, string>>): string {
  return digestOf(scripts, overlay.id, overlay.port, overlay.network);
}
