import type { ProofLine } from '@charm-ts/vpn-gateway';
import { tunnelDevice } from '../workload/gluetun-settings.js';
import type { CommandOutcome } from './command.js';

const pass = (name: string): ProofLine => ({ name, passed: true, detail: '' });
const doubt = (name: string, detail: string): ProofLine => ({ name, passed: false, detail });

const unseen = (name: string, { exitCode, stderr }: CommandOutcome): ProofLine =>
  doubt(name, `cannot be seen (exit code ${exitCode}): ${stderr.trim().split('\n')[0] ?? ''}`);

/** Chains of the guard, and what sends packets into them. */
const guardJumps = [
  ['INPUT', 'VPN-IN'],
  ['FORWARD', 'VPN-THROUGH'],
  ['OUTPUT', 'VPN-OUT'],
  ['POSTROUTING', 'VPN-OUT'],
] as const;

/** The `filter` table drops what no rule allows. */
export const filterLine = (family: 4 | 6, outcome: CommandOutcome): ProofLine => {
  const name = `filter-ipv${family}: closed`;
  if (outcome.exitCode !== 0) return unseen(name, outcome);
  const lines = outcome.stdout.split('\n');
  const open = ['INPUT', 'FORWARD', 'OUTPUT'].filter((chain) => !lines.includes(`-P ${chain} DROP`));
  return open.length === 0 ? pass(name) : doubt(name, `the policy of ${open.join(', ')} is not DROP`);
};

/** The guard in `mangle` is entered first and ends with a DROP. */
export const guardLine = (family: 4 | 6, outcome: CommandOutcome): ProofLine => {
  const name = `guard-ipv${family}: in force`;
  if (outcome.exitCode !== 0) return unseen(name, outcome);
  const lines = outcome.stdout.split('\n').map((line) => line.trim());
  for (const [chain, target] of guardJumps) {
    const [first] = lines.filter((line) => line.startsWith(`-A ${chain} `));
    if (first !== `-A ${chain} -j ${target}`) return doubt(name, `${chain} does not begin with ${target}`);
    const last = lines.filter((line) => line.startsWith(`-A ${target} `)).at(-1);
    if (last !== `-A ${target} -j DROP`) return doubt(name, `${target} does not end with DROP`);
  }
  return pass(name);
};

/** The Internet is reached by the tunnel's device. */
export const routeLine = (outcome: CommandOutcome): ProofLine => {
  const name = `route-ipv4: the tunnel (${tunnelDevice})`;
  if (outcome.exitCode !== 0) return unseen(name, outcome);
  return outcome.stdout.includes(` dev ${tunnelDevice} `) ? pass(name) : doubt(name, outcome.stdout.trim());
};

/** IPv6 leads nowhere, or into the tunnel. */
export const ipv6RouteLine = (outcome: CommandOutcome): ProofLine => {
  const name = 'route-ipv6: closed';
  const isClosed = outcome.exitCode === 2 || /^(unreachable|prohibit|blackhole) /.test(outcome.stdout);
  if (isClosed || outcome.stdout.includes(` dev ${tunnelDevice} `)) return pass(name);
  return outcome.exitCode === 0 ? doubt(name, outcome.stdout.trim()) : unseen(name, outcome);
};

/** A packet through the tunnel is answered, the same packet beside it is not: the second says nothing without the first. */
export const tryLines = (through: CommandOutcome, beside: CommandOutcome): readonly ProofLine[] => {
  const tunnel = `tunnel: a ping through ${tunnelDevice} is answered`;
  const outside = 'beside: a ping through eth0 is not answered';
  if (through.exitCode !== 0) {
    return [doubt(tunnel, 'no answer'), doubt(outside, 'says nothing while the tunnel does not answer either')];
  }
  if (beside.exitCode === 0) return [pass(tunnel), doubt(outside, 'it was answered: traffic leaves beside the tunnel')];
  return [pass(tunnel), beside.exitCode === 1 ? pass(outside) : unseen(outside, beside)];
};

/** Nobody in the pod can stop the VPN through the control server. */
export const controlServerLine = (status: number | undefined): ProofLine => {
  const name = 'control-server: needs a key';
  if (status === 401) return pass(name);
  return doubt(name, status === undefined ? 'no answer' : `it answered ${status} to a request without one`);
};
