import { KubeApiError } from '@charm-ts/ops';
import type { AppSeam, FrameworkSeam } from '../charm/charm-seam.js';
import type { Prefix } from '../cidr/prefix.js';
import { at } from '../cluster/json.js';
import { clientPolicyName } from '../objects/names.js';
import { ownReading, sidecarVerdict } from '../verification/verify-path.js';
import type { ObservedPath } from '../gate/observed.js';
import type { ProviderData } from '../contract/provider-schema.js';
import type { Reading } from '../contract/reading.js';
import { exitAddressLine } from './exit-address.js';
import type { ProofLine } from './proof-line.js';

/** What the witnesses are compared with. */
export interface ProofBasis {
  readonly allowed: readonly Prefix[];
  readonly gateway: Reading<ProviderData>;
  readonly addressService: string | undefined;
}

/** Reads every witness now. */
export async function proveProtection(
  charm: { readonly framework: FrameworkSeam; readonly app: AppSeam },
  { allowed, gateway, addressService }: ProofBasis,
): Promise<readonly ProofLine[]> {
  const { podNetwork } = charm.framework;
  const [routes, verdict, policy] = await Promise.all([
    ownReading(podNetwork, allowed),
    sidecarVerdict(podNetwork),
    policyLine(charm),
  ]);
  const path = verdict.kind === 'refused' ? verdict : routes;
  return [
    line('default-route: overlay (vxlan0)', only(routes, 'route:')),
    line('ipv6: closed', only(routes, 'ipv6:')),
    line('dns: through the tunnel', verdict),
    policy,
    await exitAddressLine(podNetwork, { path, gateway, service: addressService }),
  ];
}

function only(path: ObservedPath, prefix: string): ObservedPath {
  return path.kind === 'refused' && !path.reason.startsWith(prefix) ? { kind: 'verified' } : path;
}

function line(name: string, path: ObservedPath): ProofLine {
  return { name, passed: path.kind === 'verified', detail: path.kind === 'verified' ? '' : path.reason };
}

async function policyLine({
  framework,
  app,
}: {
  readonly framework: FrameworkSeam;
  readonly app: AppSeam;
}): Promise<ProofLine> {
  const name = clientPolicyName(app.name);
  const title = `policy: ${name}`;
  try {
    const api = await framework.kubeApi();
    const policy = await api.get({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', name });
    const selected = at(policy, 'spec', 'podSelector', 'matchLabels', 'app.kubernetes.io/name') === app.name;
    return { name: title, passed: selected, detail: selected ? '' : 'there is no such policy for this application' };
  } catch (error) {
    if (!(error instanceof KubeApiError)) throw error;
    return { name: title, passed: false, detail: error.message };
  }
}
