import type { ForwardedPort } from '@charm-ts/vpn-gateway';
import type { Options } from '../configuration/options.js';
import type { TunnelObservation } from '../health/tunnel-health.js';

const none = (reason: string): ForwardedPort => ({ kind: 'none', reason });

/** What can be said of the provider's port, in words for the operator of a client. */
export const forwardedPort = (
  app: string,
  options: Options,
  observed: Pick<TunnelObservation, 'forwardedPort'> | undefined,
): ForwardedPort => {
  if (!options['port-forwarding']) {
    return none(`the gateway asks its provider for no port, run: juju config ${app} port-forwarding=true`);
  }
  const port = observed?.forwardedPort;
  return port === undefined ? none('the VPN provider has not given a port yet') : { kind: 'port', port };
};

/** While the tunnel is down no port leads anywhere, whatever the last one was. */
export const withoutTunnel = (forwarded: ForwardedPort): ForwardedPort =>
  forwarded.kind === 'port' ? none('the VPN is not connected') : forwarded;
