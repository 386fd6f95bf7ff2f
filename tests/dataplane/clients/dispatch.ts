import { chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Context, type ContainerState, type EventChoice, relation, state, type State } from '@charm-ts/testing';
import { encodeProviderData } from '@charm-ts/vpn-gateway';
import { QbittorrentCharm } from '../../../charms/qbittorrent-k8s/src/charm.js';
import { qbittorrent } from '../../../charms/qbittorrent-k8s/src/qbittorrent.js';
import { SabnzbdCharm } from '../../../charms/sabnzbd-k8s/src/charm.js';
import { sabnzbd } from '../../../charms/sabnzbd-k8s/src/sabnzbd.js';
import { gatewayData } from '../../unit/vpn-gateway/fakes/gateway-data.js';
import { inThisNetwork, networkOfThisPod } from './in-this-network.js';

// Dispatches one event of a client charm: `dispatch APP FOLDER EVENT [--stopped]`. Model and Kubernetes are the test kit's; the pod's network is that of this process,
// and so is the Pebble that PEBBLE_SOCKET names. Without one, the charm talks to the kit's Pebble: its plan and the settings file are what comes of it.
// FOLDER keeps the model between two events. CONTAINER_ROOT is the workload's file system, absent while there is no pod. FORWARDED_PORT is in the gateway's data.

/** The charm has ended the workload to edit its settings file: do so, and dispatch again with `--stopped`. */
const endFirst = 3;
const user = 1000;

const apps = {
  qbittorrent: { charm: QbittorrentCharm, settingsFile: qbittorrent.settingsFile },
  sabnzbd: { charm: SabnzbdCharm, settingsFile: sabnzbd.settingsFile },
} as const;
type AppName = keyof typeof apps;
const isApp = (name: string): name is AppName => Object.hasOwn(apps, name);

const forwardedPort = process.env['FORWARDED_PORT'];
const provided = encodeProviderData(
  gatewayData({
    cluster_domain: 'cluster.local',
    external_ip: '198.51.100.200',
    ...(forwardedPort === undefined ? {} : { forwarded_port: Number(forwardedPort) }),
  }),
);
const vpn = relation('vpn-gateway', { id: 7, remoteApp: 'gluetun', remoteAppData: provided });

const choices: Readonly<Record<string, (app: string) => EventChoice>> = {
  'relation-changed': () => (on) => on.relationChanged(vpn),
  'pebble-ready': (app) => (on) => on.pebbleReady(app),
  'update-status': () => (on) => on.updateStatus(),
  'rotate-credentials': () => (on) => on.action('rotate-credentials'),
};

const [app = '', folder = '', event = '', stopped] = process.argv.slice(2);
const choice = choices[event];
if (!isApp(app) || choice === undefined) throw new Error('usage: dispatch APP FOLDER EVENT [--stopped]');
const { charm, settingsFile } = apps[app];
const root = process.env['CONTAINER_ROOT'];
const socket = process.env['PEBBLE_SOCKET'];
const stateFile = join(folder, 'state.json');

const kept = existsSync(stateFile) ? (JSON.parse(readFileSync(stateFile, 'utf8')) as State) : state({ leader: true });
const textOf = (path: string): string | undefined =>
  root === undefined || !existsSync(root + path) ? undefined : readFileSync(root + path, 'utf8');

/** The workload's container as the kit's Pebble has to show it. */
const container = (): ContainerState => {
  if (socket !== undefined || root === undefined) return { canConnect: false };
  const present = ['/build_version', settingsFile].map((path) => [path, textOf(path)] as const);
  const files = Object.fromEntries(present.flatMap(([path, text]) => (text === undefined ? [] : [[path, text]])));
  return { ...kept.containers[app], canConnect: true, files };
};

const before: State = {
  ...kept,
  kubernetes: { objects: root === undefined ? kept.kubernetes.objects : withPod(kept.kubernetes.objects) },
  relations: [{ ...(kept.relations[0] ?? vpn), remoteAppData: provided }],
  containers: { [app]: container() },
  pod: root === undefined ? undefined : await networkOfThisPod(),
};
const out = await new Context(inThisNetwork(charm, app, socket)).run(choice(app), before);

const wasEnded = out.journal.some(
  ({ kind, detail }) => kind === 'pebble-service' && detail.endsWith(`${app} inactive`),
);
if (wasEnded && stopped === undefined) process.exit(endFirst);

const write = (name: string, content: unknown): void => {
  writeFileSync(join(folder, name), `${JSON.stringify(content)}\n`, { mode: 0o600 });
};
const policies = out.kubernetes.objects.filter(({ kind }) => kind === 'NetworkPolicy');
write('state.json', out.state);
write('credentials.json', out.secrets[0]?.content ?? {});
write('objects.json', {
  statefulSet: { spec: { template: { spec: ownParts(templateIn(out.kubernetes.objects)) } } },
  configMap: out.kubernetes.get('ConfigMap', `${app}-gateway-client-config`),
  policies,
});
if (socket === undefined && root !== undefined) {
  write('service.json', out.containers[app]?.plan.services[app] ?? {});
  const text = out.containers[app]?.read(settingsFile);
  if (text !== undefined && text !== textOf(settingsFile)) push(root + settingsFile, text);
}
process.stdout.write(`${out.unitStatus.name}: ${out.unitStatus.message}\n`);
process.exit(0);

interface PodTemplate {
  readonly metadata: object;
  readonly spec: Readonly<Record<string, readonly { readonly name: string }[]>>;
}

type Objects = State['kubernetes']['objects'];

function templateIn(objects: Objects): PodTemplate | undefined {
  const found = objects.find(({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === app);
  return (found?.['spec'] as { readonly template: PodTemplate } | undefined)?.template;
}

/** What the charm has added to Juju's pod. */
function ownParts(template: PodTemplate | undefined): PodTemplate['spec'] {
  const ours = (part: string): readonly { readonly name: string }[] =>
    (template?.spec[part] ?? []).filter(({ name }) => name.startsWith('vpn-') || name.startsWith('pod-gateway'));
  return { initContainers: ours('initContainers'), containers: ours('containers'), volumes: ours('volumes') };
}

/** The StatefulSet controller has made the pod that the bed has started. */
function withPod(objects: Objects): Objects {
  const template = templateIn(objects);
  return [
    ...objects.filter(({ kind }) => kind !== 'Pod'),
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...template?.metadata, name: `${app}-0`, namespace: 'media' },
      spec: { ...template?.spec },
      status: { phase: 'Running' },
    },
  ];
}

/** As Pebble pushes it for the charm. */
function push(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode: out.containers[app]?.mode(settingsFile) ?? 0o600 });
  chownSync(path, user, user);
}
