import { type KubeApi, KubeApiError, type PodNetwork, PodNetworkError } from '@charm-ts/ops';
import { gatewayPolicyName, type ProofLine } from '@charm-ts/vpn-gateway';
import { tunnelDevice } from '../workload/gluetun-settings.js';
import type { Command } from './command.js';
import { controlServerLine, filterLine, guardLine, ipv6RouteLine, routeLine, tryLines } from './gateway-evidence.js';

/** What the proof is taken from. */
export interface ProofSources {
  readonly app: string;
  /** The host that is asked; the tunnel's probe asks it as well. */
  readonly target: string;
  readonly command: Command;
  readonly podNetwork: PodNetwork;
  readonly kubeApi: () => Promise<KubeApi>;
  readonly log: (text: string) => Promise<void>;
}

const anywhere6 = '2606:4700:4700::1111';

const policyLine = async ({ app, kubeApi }: ProofSources): Promise<ProofLine> => {
  const policy = gatewayPolicyName(app);
  const name = `policy: ${policy}`;
  try {
    const api = await kubeApi();
    const found = await api.get({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', name: policy });
    return { name, passed: found !== undefined, detail: found === undefined ? 'there is no such NetworkPolicy' : '' };
  } catch (error) {
    if (!(error instanceof KubeApiError)) throw error;
    return { name, passed: false, detail: error.message };
  }
};

const controlStatus = async (network: PodNetwork): Promise<number | undefined> => {
  try {
    return (await network.httpGet(8000, '/v1/vpn/status', 2_000)).status;
  } catch (error) {
    if (error instanceof PodNetworkError) return undefined;
    throw error;
  }
};

const hasIpv6 = async (network: PodNetwork): Promise<boolean> => {
  try {
    return (await network.ipv6Routes()) !== '';
  } catch (error) {
    if (error instanceof PodNetworkError) return true;
    throw error;
  }
};

/** Everything that keeps the pod tight, looked at now; whatever cannot be seen counts as a doubt. */
export const proveGateway = async (sources: ProofSources): Promise<readonly ProofLine[]> => {
  const { command, podNetwork, target, log } = sources;
  await log('reading firewall, guard and routes');
  const lines = [
    filterLine(4, await command(['iptables', '-S'])),
    guardLine(4, await command(['iptables', '-t', 'mangle', '-S'])),
    routeLine(await command(['ip', '-4', 'route', 'get', target])),
  ];
  if (await hasIpv6(podNetwork)) {
    lines.push(
      filterLine(6, await command(['ip6tables', '-S'])),
      guardLine(6, await command(['ip6tables', '-t', 'mangle', '-S'])),
      ipv6RouteLine(await command(['ip', '-6', 'route', 'get', anywhere6])),
    );
  } else lines.push({ name: 'ipv6: off in this kernel', passed: true, detail: '' });
  await log('trying to get out through the tunnel and beside it');
  const ping = (device: string) => command(['ping', '-q', '-c', '2', '-W', '2', '-I', device, target]);
  lines.push(...tryLines(await ping(tunnelDevice), await ping('eth0')));
  lines.push(await policyLine(sources), controlServerLine(await controlStatus(podNetwork)));
  return lines;
};
