import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { RealClock } from '../../../lib/testing/src/clock/real-clock.js';
import { applicationObjects } from '../../../lib/testing/src/juju-objects/application-objects.js';
import { clusterObjects } from '../../../lib/testing/src/juju-objects/cluster-objects.js';
import { PebbleDaemon } from '../../../lib/testing/src/pebble/index.js';
import { Cluster } from '../../../lib/testing/src/pod/cluster.js';
import { bedObjects, imageVariables, mountSettings, putPod } from './bed-objects.js';
import { containerPrograms } from './container-programs.js';
import { JujuAgent } from './juju-agent.js';
import { followNotices } from './pebble-notices.js';
import { PodRoot } from './pod-root.js';

// main.ts FOLDER: Juju's agent and the cluster around the gateway charm. It reads `options.json` there and serves the case on `agent.sock`.

interface Options {
  readonly config: Readonly<Record<string, string | number | boolean>>;
  readonly privateKey: string;
  /** Folder of the bed's gateway pod. */
  readonly pod: string;
  readonly realPebble: boolean;
}

/** Numbers of processes in the pod: of any container, and the first one of Gluetun's. */
interface PodProcesses {
  readonly network: number;
  readonly gluetun: number;
}

const [, , folder = '.'] = process.argv;
const options = JSON.parse(readFileSync(join(folder, 'options.json'), 'utf8')) as Options;
const clock = new RealClock();
const cluster = await Cluster.start();
const root = new PodRoot(join(folder, 'r'), {
  token: cluster.token('media', 'gluetun/0'),
  caCertificate: cluster.caCertificate,
});
const agent = await JujuAgent.create({ ...options, cluster, clock, root });
cluster.reset();
for (const object of [
  ...clusterObjects('media'),
  ...applicationObjects(agent.model, agent.model.application('gluetun'), '10.152.183.100'),
]) {
  cluster.put(object);
}
cluster.setTrust('media', 'gluetun', true);
putPod(cluster);

let hasPod = false;
cluster.onWrite(({ kind, changed }) => {
  const objects = bedObjects(cluster);
  if (!changed || objects === undefined) return;
  if (kind === 'ConfigMap' && hasPod) mountSettings(cluster, options.pod);
  writeFileSync(join(folder, 'objects.json'), JSON.stringify(objects));
});

/** The bed has started the pod that the charm's objects describe. */
async function meet({ network, gluetun }: PodProcesses): Promise<void> {
  hasPod = true;
  putPod(cluster);
  root.showNetworkOf(network);
  const tell = agent.request.bind(agent);
  if (options.realPebble) {
    root.shareSocketOf(gluetun);
    void followNotices(root.pebbleSocket, tell);
  } else {
    root.ownSocket();
    const daemon = new PebbleDaemon({
      socketPath: root.pebbleSocket,
      workload: containerPrograms(gluetun, imageVariables),
      clock,
    });
    daemon.subscribe((event) => {
      if (event.kind === 'check-failed' || event.kind === 'check-recovered') {
        tell({ kind: `pebble-${event.kind}`, container: 'gluetun', check: event.check });
      }
    });
    await daemon.start();
  }
  agent.podReplaced();
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += String(part);
  return text;
};

const answers: Readonly<Record<string, (body: string) => object>> = {
  '/view': () => agent.view,
  '/evidence': () => ({ ...agent.evidence, objects: cluster.list() }),
  '/pod': (body) => meet(JSON.parse(body) as PodProcesses),
  '/update-status': () => {
    agent.request({ kind: 'update-status' });
    return {};
  },
  '/secret': (body) => {
    agent.updateSecret(body.trim());
    return {};
  },
};

createServer((request, response) => {
  void bodyOf(request)
    .then((body) => Promise.resolve<unknown>(answers[request.url ?? '']?.(body)))
    .then((answer) => response.end(JSON.stringify(answer ?? {})));
}).listen(join(folder, 'agent.sock'));

await agent.run();
