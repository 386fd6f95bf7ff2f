import { PodNetworkError } from '@charm-ts/ops';
import type { PodNetworkSeam } from '../charm/charm-seam.js';
import { parseAddress } from '../cidr/prefix.js';
import type { ProviderData } from '../contract/provider-schema.js';
import type { Reading } from '../contract/reading.js';
import type { ObservedPath } from '../gate/observed.js';
import { quote } from '../text/quote.js';
import type { ProofLine } from './proof-line.js';

/** The service that Gluetun asks first, so that no further party learns of the exit. */
export const defaultAddressService = 'https://ipinfo.io/ip';
/** Milliseconds, name resolution and TLS included. */
const patience = 8000;

/** What the question depends on. */
export interface ExitAddressBasis {
  /** Whether everything that leaves the pod is proved to leave through the tunnel. */
  readonly path: ObservedPath;
  readonly gateway: Reading<ProviderData>;
  /** A page that answers with the caller's address. */
  readonly service?: string | undefined;
}

/** Asks the world for the pod's address and compares it with the gateway's. Nobody is asked while the question could show another address. */
export async function exitAddressLine(
  network: PodNetworkSeam,
  { path, gateway, service = defaultAddressService }: ExitAddressBasis,
): Promise<ProofLine> {
  const expected = gateway.kind === 'ok' && gateway.data.vpn_connected ? gateway.data.external_ip : null;
  if (expected === null) return unknown('the gateway has published no address');
  if (path.kind === 'refused') return unknown('not asked, because the path is not verified');
  const answer = await ask(network, service);
  if (answer.kind === 'none') return unknown(answer.reason);
  const { address } = answer;
  return sameAddress(address, expected)
    ? { name: `exit-address: ${address} = gateway's`, passed: true, detail: '' }
    : { name: `exit-address: ${address}`, passed: false, detail: `the gateway's is ${expected}` };
}

type Answer = { readonly kind: 'some'; readonly address: string } | { readonly kind: 'none'; readonly reason: string };

async function ask(network: PodNetworkSeam, service: string): Promise<Answer> {
  try {
    const { status, body } = await network.get(service, patience);
    if (status !== 200) return { kind: 'none', reason: `${service} answered ${status}` };
    const address = body.trim();
    if (parseAddress(address) !== undefined) return { kind: 'some', address };
    return { kind: 'none', reason: `${service} answered ${quote(address)}, which is not an address` };
  } catch (error) {
    if (error instanceof PodNetworkError) return { kind: 'none', reason: error.message };
    throw error;
  }
}

function sameAddress(left: string, right: string): boolean {
  const [one, other] = [parseAddress(left), parseAddress(right)];
  return one !== undefined && one.family === other?.family && one.value === other.value;
}

function unknown(detail: string): ProofLine {
  return { name: 'exit-address: unknown', passed: false, detail };
}
