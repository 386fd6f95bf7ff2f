import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CharmClass, CharmHost, DispatchOutcome } from '@charm-ts/ops';
import type { InProcessCharm, PodCase } from '@charm-ts/testing';

const verdictPort = 14_791;

/** A charm that finds, when its socket is named, a Pebble that runs already; then time is real, too. */
export function inThisNetwork(charm: InProcessCharm, container: string, socket: string | undefined): InProcessCharm {
  return Object.assign(class extends charm {}, {
    dispatch(this: CharmClass, host: CharmHost): Promise<DispatchOutcome> {
      return charm.dispatch.call(this, socket === undefined ? host : withPebble(host, container, socket));
    },
  });
}

function withPebble(host: CharmHost, container: string, socket: string): CharmHost {
  const [root = ''] = (host.environment['JUJU_CHARM_DIR'] ?? '').split('/var/lib/juju/agents/');
  const folder = join(root, 'charm', 'containers', container);
  // The kit asks a charm for its metadata before there is a pod.
  if (existsSync(folder)) symlinkSync(socket, join(folder, 'pebble.socket'));
  return { ...host, clock: { now: () => new Date(), sleep: (milliseconds) => sleep(milliseconds) } };
}

/** What this process sees of its network, with the sidecar's answer. */
export async function networkOfThisPod(): Promise<PodCase> {
  const verdict = await askSidecar();
  return {
    routes: readFileSync('/proc/net/route', 'utf8'),
    ipv6Routes: readFileSync('/proc/net/ipv6_route', 'utf8'),
    ...(verdict === undefined ? {} : { verdict }),
  };
}

function askSidecar(): Promise<PodCase['verdict']> {
  return new Promise((resolve) => {
    const question = request({ host: '127.0.0.1', port: verdictPort, timeout: 3000 }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => (body += text));
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 500, body });
      });
    });
    question.on('error', () => {
      resolve(undefined);
    });
    question.on('timeout', () => question.destroy());
    question.end();
  });
}
