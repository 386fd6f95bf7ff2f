import type {
  CheckConfig,
  CheckOutcome,
  ExecContext,
  ExecOutcome,
  WorkloadContext,
  WorkloadSimulation,
} from '../pebble/index.js';
import type { PodCase } from './pod-case.js';

/** What a simulated workload sees of its pod. */
export interface WorkloadSurroundings {
  /** The sidecar's verdict, if this loopback port is the sidecar's. */
  verdict(port: number): PodCase['verdict'] | 'not-a-sidecar';
  /** Whether the world lets this pod's VPN connect. */
  vpn(): 'up' | 'down';
  /** Whether a service of any container of the pod runs. */
  anyServiceRuns(): boolean;
}

/** The address that the simulated VPN gives out. */
export const exitAddress = '185.213.154.66';
const addressFile = '/tmp/gluetun/ip';
const tunnelTools = /\b(tun0|ping|wget|curl|nslookup|dig|nc)\b/;
const loopback = /127\.0\.0\.1|localhost/;

/** Any ordinary program: its page answers while a service runs, its commands succeed. */
export function ordinaryWorkload(surroundings: WorkloadSurroundings): WorkloadSimulation {
  return {
    exec: () => ({ exitCode: 0, stdout: '', stderr: '' }),
    check: (_name, spec) => checkLoopback(spec, surroundings) ?? { ok: true },
  };
}

/**
 * Gluetun: while its service runs and the world's VPN is up, the public address is in `/tmp/gluetun/ip` and what goes through tun0
 * succeeds. Call `refresh` whenever the world or the service may have changed.
 */
export function gluetunWorkload(surroundings: WorkloadSurroundings): WorkloadSimulation & {
  refresh(context: Pick<WorkloadContext, 'files' | 'isRunning'>): void;
} {
  const connected = (context: Pick<WorkloadContext, 'isRunning'>): boolean =>
    context.isRunning('gluetun') && surroundings.vpn() === 'up';
  const refresh = (context: Pick<WorkloadContext, 'files' | 'isRunning'>): void => {
    const text = connected(context) ? exitAddress : '';
    const present = context.files.read(addressFile);
    if (present === text || (present === undefined && text === '')) return;
    context.files.write(addressFile, text);
  };
  const command = (words: string, context: WorkloadContext): ExecOutcome => {
    if (!tunnelTools.test(words) || (loopback.test(words) && !words.includes('tun0'))) return { exitCode: 0 };
    return connected(context) ? { exitCode: 0 } : { exitCode: 1, stderr: 'the tunnel does not answer\n' };
  };
  return {
    refresh,
    onServiceStart(_name, context): undefined {
      refresh(context);
    },
    onServiceStop: (_name, context) => {
      context.files.write(addressFile, '');
    },
    exec: (words, context: ExecContext) => command(words.join(' '), context),
    check(_name, spec, context): CheckOutcome {
      if (spec.exec?.command === undefined) return checkLoopback(spec, surroundings) ?? { ok: true };
      const { exitCode, stderr } = command(spec.exec.command, context);
      return exitCode === 0 ? { ok: true } : { ok: false, detail: stderr ?? `exit code ${exitCode}` };
    },
  };
}

/** An http check of the pod's loopback: the sidecar's verdict, or a page that answers while something runs. */
function checkLoopback(spec: CheckConfig, surroundings: WorkloadSurroundings): CheckOutcome | undefined {
  const url = spec.http?.url;
  if (url === undefined) return undefined;
  const port = Number(new URL(url).port || 80);
  const verdict = surroundings.verdict(port);
  if (verdict === 'not-a-sidecar') {
    return surroundings.anyServiceRuns() ? { ok: true } : refused(port);
  }
  if (verdict === undefined) return refused(port);
  if (verdict.status >= 200 && verdict.status < 300) return { ok: true };
  return { ok: false, detail: `non-2xx status code ${verdict.status}; ${verdict.body.trim()}` };
}

function refused(port: number): CheckOutcome {
  return { ok: false, detail: `dial tcp 127.0.0.1:${port}: connect: connection refused` };
}
