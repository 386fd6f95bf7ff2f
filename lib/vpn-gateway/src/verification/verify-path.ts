import { PodNetworkError } from '@charm-ts/ops';
import type { PodNetworkSeam } from '../charm/charm-seam.js';
import type { Prefix } from '../cidr/prefix.js';
import type { ObservedPath } from '../gate/observed.js';
import { verdictPort } from '../objects/names.js';
import { verifyRoutes } from './verify-routes.js';

/** Milliseconds that the sidecar has for its answer. */
const verdictTimeout = 3000;

/** Asks both witnesses; the path is verified when both say so. */
export async function verifyPath(network: PodNetworkSeam, allowed: readonly Prefix[]): Promise<ObservedPath> {
  const [verdict, routes] = await Promise.all([sidecarVerdict(network), ownReading(network, allowed)]);
  return verdict.kind === 'refused' ? verdict : routes;
}

/** The sidecar's witness: routes, rules, resolver and the gateway's answer, tested from inside the pod. */
export async function sidecarVerdict(network: PodNetworkSeam): Promise<ObservedPath> {
  try {
    const { status, body } = await network.httpGet(verdictPort, '/', verdictTimeout);
    const line = oneLine(body);
    if (status === 200 && /^ok\b/.test(line)) return { kind: 'verified' };
    return { kind: 'refused', reason: status === 503 && line !== '' ? line : `sidecar: answered ${status}` };
  } catch (error) {
    if (error instanceof PodNetworkError) return { kind: 'refused', reason: 'sidecar: no answer' };
    throw error;
  }
}

/** The charm's witness: the route tables of the network namespace that it shares. */
export async function ownReading(network: PodNetworkSeam, allowed: readonly Prefix[]): Promise<ObservedPath> {
  try {
    const [ipv4, ipv6] = await Promise.all([network.routes(), network.ipv6Routes()]);
    return verifyRoutes(ipv4, ipv6, allowed);
  } catch (error) {
    if (error instanceof PodNetworkError) return { kind: 'refused', reason: 'route: the tables cannot be read' };
    throw error;
  }
}

/** First line without control characters, short enough for a status. */
function oneLine(body: string): string {
  return (body.split('\n')[0] ?? '').replaceAll(/[^\x20-\x7e]/g, '').slice(0, 100);
}
