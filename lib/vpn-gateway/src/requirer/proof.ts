import { KubeApiError } from '@charm-ts/ops';
import type { AppSeam, FrameworkSeam } from '../charm/charm-seam.js';
import type { Prefix } from '../cidr/prefix.js';
import { at } from '../cluster/json.js';
import { clientPolicyName } from '../objects/names.js';
import { ownReading, sidecarVerdict } from '../verification/verify-path.js';
import type { ObservedPath } from '../gate/observed.js';

/** One line of evidence. */
export interface ProofLine {
  /** What was looked at, e.g. `ipv6: closed`. */
  readonly name: string;
  readonly passed: boolean;
  /** Why not; empty when it passed. */
  readonly detail: string;
}

/** Reads every witness now. */
export async function proveProtection(
  charm: { readonly framework: FrameworkSeam; readonly app: AppSeam },
  allowed: readonly Prefix[],
): Promise<readonly ProofLine[]> {
  const { podNetwork } = charm.framework;
  const [routes, verdict, policy] = await Promise.all([
    ownReading(podNetwork, allowed),
    sidecarVerdict(podNetwork),
    policyLine(charm),
  ]);
  return [
    line('default-route: overlay (vxlan0)', only(routes, 'route:')),
    line('ipv6: closed', only(routes, 'ipv6:')),
    line('dns: through the tunnel', verdict),
    policy,
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
