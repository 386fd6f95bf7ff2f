import type { Layer } from '@charm-ts/ops';
import type { ContainerSeam } from '../charm/charm-seam.js';
import { verdictPort } from '../objects/names.js';

/** Name of the Pebble check on the sidecar's verdict. */
export const routeCheckName = 'vpn-route';

/** Turns a change of the verdict into an event within seconds. No level: the kubelet's probes must not depend on the VPN. */
export const routeCheckLayer: Layer = {
  label: 'vpn-gateway',
  checks: {
    [routeCheckName]: {
      override: 'replace',
      startup: 'enabled',
      period: '3s',
      timeout: '2s',
      threshold: 1,
      http: { url: `http://127.0.0.1:${verdictPort}/` },
    },
  },
};

/** True once Pebble has seen the bad verdict: then a good one is certain to be an event. */
export async function checkIsDown(container: ContainerSeam): Promise<boolean> {
  return (await container.check(routeCheckName))?.status === 'down';
}
