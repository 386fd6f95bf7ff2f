/** What the workload container shows of Gluetun and its tunnel. */
export interface TunnelObservation {
  /** Pebble's word for the service: `active`, `inactive`, `backoff`, `error`; `absent` when the plan has none. */
  readonly service: string;
  /** Pebble's word for the probe through the tunnel: `up`, `down`; `absent` when the plan has none. */
  readonly probe: string;
  /** Output of the probe's last failure. */
  readonly lastFailure: string | undefined;
  /** The public address that Gluetun found through the tunnel; it writes it after each connect and clears it at a loss. */
  readonly address: string | undefined;
  /** The port that the VPN provider forwards, as Gluetun has obtained it; it clears its file when the port is gone. */
  readonly forwardedPort: number | undefined;
}

export type TunnelHealth =
  | { readonly kind: 'stopped' }
  | { readonly kind: 'crashing' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'down' }
  | { readonly kind: 'connected'; readonly address: string };

export const stopped: TunnelHealth = { kind: 'stopped' };

/**
 * Judges the tunnel. Two witnesses have to agree on "connected": the probe, which Pebble reports as `up` also before
 * its first run, and the public address, which Gluetun can know only through the tunnel of this very run.
 */
export const tunnelHealth = ({ service, probe, address }: TunnelObservation): TunnelHealth => {
  if (service === 'backoff' || service === 'error') return { kind: 'crashing' };
  if (service !== 'active') return stopped;
  if (probe === 'down') return { kind: 'down' };
  return address === undefined ? { kind: 'connecting' } : { kind: 'connected', address };
};
