import type {
  CheckConfig,
  CheckOutcome,
  ExecContext,
  ExecOutcome,
  WorkloadContext,
  WorkloadSimulation,
} from '../pebble/index.js';
import { compareFiles } from './file-comparison.js';
import type { PodCase } from './pod-case.js';

/** What a simulated workload sees of its pod. */
export interface WorkloadSurroundings {
  /** The sidecar's verdict, if this loopback port is the sidecar's. */
  verdict(port: number): PodCase['verdict'] | 'not-a-sidecar';
  /** Whether the world lets this pod's VPN connect. */
  vpn(): 'up' | 'down';
  /** The port that the VPN provider gives to who asks. */
  forwardedPort(): number;
  /** Whether a service of any container of the pod runs. */
  anyServiceRuns(): boolean;
}

/** The address that the simulated VPN gives out. */
export const exitAddress = '185.213.154.66';
/** The port that the simulated provider gives out. */
export const firstForwardedPort = 51_413;
const addressFile = '/tmp/gluetun/ip';
const portFile = '/tmp/gluetun/forwarded_port';
/** Where the setting is that makes Gluetun ask for a port. */
const portSetting = '/gluetun/vpn_port_forwarding';
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
 * succeeds; with the setting `VPN_PORT_FORWARDING` also the provider's port is there. Call `refresh` whenever the world or the service may have changed.
 */
export function gluetunWorkload(surroundings: WorkloadSurroundings): WorkloadSimulation & {
  refresh(context: Pick<WorkloadContext, 'files' | 'isRunning'>): void;
} {
  const connected = (context: Pick<WorkloadContext, 'isRunning'>): boolean =>
    context.isRunning('gluetun') && surroundings.vpn() === 'up';
  const refresh = (context: Pick<WorkloadContext, 'files' | 'isRunning'>): void => {
    write(context, addressFile, connected(context) ? exitAddress : '');
    const asks = context.files.read(portSetting) === 'on';
    write(context, portFile, asks && connected(context) ? String(surroundings.forwardedPort()) : '');
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
      write(context, addressFile, '');
      write(context, portFile, '');
    },
    exec: (words, context: ExecContext) => command(words.join(' '), context),
    check(_name, spec, context): CheckOutcome {
      if (spec.exec?.command === undefined) return checkLoopback(spec, surroundings) ?? { ok: true };
      const comparison = compareFiles(spec.exec.command, (path) => context.files.read(path));
      if (comparison !== undefined) return comparison.equal ? { ok: true } : { ok: false, detail: 'exit status 1' };
      const { exitCode, stderr } = command(spec.exec.command, context);
      return exitCode === 0 ? { ok: true } : { ok: false, detail: stderr ?? `exit code ${exitCode}` };
    },
  };
}

/** A file that never was is not made only to be empty. */
function write({ files }: Pick<WorkloadContext, 'files'>, path: string, text: string): void {
  if ((files.read(path) ?? '') !== text) files.write(path, text);
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
