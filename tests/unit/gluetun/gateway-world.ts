import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HookToolInvocation, HookToolResult, HookTools, KubeObject } from '@charm-ts/ops';
import { GluetunCharm } from '../../../src/charm.js';
import { VirtualClock } from '../../../lib/testing/src/clock/virtual-clock.js';
import { LoopbackServer } from '../../../lib/testing/src/pod/loopback-server.js';
import { PebbleDaemon } from '../../../lib/testing/src/pebble/index.js';
import { compareFiles } from '../../../lib/testing/src/simulation/file-comparison.js';
import { MemoryKube } from './memory-kube.js';
import { options, privateKey } from './options.js';

const addressFile = '/tmp/gluetun/ip';

const service = (name: string, namespace: string, clusterIP: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec: { clusterIP, ports: [{ port: 443 }] },
});

/** One gateway unit with everything around it in memory; a real Pebble API on a socket. */
export class GatewayWorld implements HookTools {
  readonly kube = new MemoryKube();
  readonly clock = new VirtualClock(new Date('2026-11-24T10:42:00Z'));
  readonly calls: HookToolInvocation[] = [];
  readonly pebble: PebbleDaemon;
  config: Readonly<Record<string, unknown>> = options();
  leader = true;
  plannedUnits = 1;
  secretError: string | undefined;
  secret: Readonly<Record<string, string>> = { 'private-key': privateKey };
  /** How often Gluetun was started. */
  starts = 0;
  status = '';
  databag: Record<string, string> = {};
  /** Of the action that runs. */
  params: Readonly<Record<string, unknown>> = {};
  /** What the client has written. */
  requirer: Readonly<Record<string, unknown>> = { instance_name: 'sabnzbd', agent: 'vpn-gateway-1' };
  vpn: 'up' | 'down' = 'up';
  /** What commands in Gluetun's container answer. */
  exec: (words: readonly string[]) => { exitCode: number; stdout?: string; stderr?: string } = () => ({ exitCode: 0 });
  readonly #root = mkdtempSync(join(tmpdir(), 'gw-'));
  readonly #servers: LoopbackServer[] = [];
  #state: Record<string, string> = {};

  constructor() {
    const socketPath = join(this.#root, 'charm/containers/gluetun/pebble.socket');
    mkdirSync(join(socketPath, '..'), { recursive: true });
    this.pebble = new PebbleDaemon({
      socketPath,
      clock: this.clock,
      workload: {
        onServiceStart: (_name, { files }) => {
          this.starts += 1;
          files.write(addressFile, this.vpn === 'up' ? '185.213.154.66' : '');
          return undefined;
        },
        exec: (words) => this.exec(words),
        check: (_name, { exec }, { files }) => {
          const comparison = compareFiles(exec?.command ?? '', (path) => files.read(path));
          const isUp = comparison === undefined ? this.vpn === 'up' : comparison.equal;
          return isUp ? { ok: true } : { ok: false, detail: 'no answer' };
        },
      },
    });
    mkdirSync(join(this.#root, 'proc/net'), { recursive: true });
    // A kernel with IPv6, and no route of it.
    writeFileSync(join(this.#root, 'proc/net/ipv6_route'), '\n');
    this.kube.put({ apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'gluetun' }, spec: {} });
    this.kube.put(service('kube-dns', 'kube-system', '10.152.183.10'));
    this.kube.put(service('kubernetes', 'default', '10.152.183.1'));
  }

  start(): Promise<void> {
    return this.pebble.start();
  }

  /** What one of Gluetun's servers on the loopback answers, whatever it is asked. */
  async answer(port: number, page: { readonly status: number; readonly body: string }): Promise<void> {
    const socketPath = join(this.#root, `run/loopback/${port}.sock`);
    this.#servers.push(await LoopbackServer.start(socketPath, () => page));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.close()));
    await this.pebble.stop();
    rmSync(this.#root, { recursive: true });
  }

  /** What Kubernetes does after a changed template: the pod is made anew from it. */
  replacePod(): void {
    const template = this.kube.objects.get('StatefulSet/media/gluetun')?.['spec'] as {
      template: { metadata: object; spec: object };
    };
    this.kube.put({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...template.template.metadata, name: 'gluetun-0' },
      spec: template.template.spec,
    });
  }

  /** Runs hooks until the gateway serves. */
  async bringUp(): Promise<void> {
    await this.hook('config-changed');
    this.replacePod();
    await this.hook('start');
  }

  async hook(name: string, variables: Readonly<Record<string, string>> = {}): Promise<void> {
    const charmDir = join(this.#root, 'var/lib/juju/agents/unit-gluetun-0/charm');
    const outcome = await GluetunCharm.dispatch({
      environment: {
        JUJU_CHARM_DIR: charmDir,
        JUJU_DISPATCH_PATH: `hooks/${name}`,
        JUJU_UNIT_NAME: 'gluetun/0',
        JUJU_MODEL_NAME: 'media',
        JUJU_MODEL_UUID: '1',
        JUJU_API_ADDRESSES: '10.152.183.61:17070',
        ...variables,
      },
      hookTools: this,
      clock: this.clock,
      kubeApi: () => Promise.resolve(this.kube),
    });
    if (outcome.exitCode !== 0) throw new Error(`${name} failed`, { cause: outcome.error });
  }

  get service(): string {
    return this.pebble.services.find(({ name }) => name === 'gluetun')?.current ?? 'absent';
  }

  get published(): Record<string, unknown> {
    return JSON.parse(this.databag['config'] ?? '{}') as Record<string, unknown>;
  }

  run(invocation: HookToolInvocation): Promise<HookToolResult> {
    this.calls.push(invocation);
    const { tool, args, stdin = '{}' } = invocation;
    if (tool === 'secret-get' && this.secretError !== undefined) {
      return Promise.resolve({ exitCode: 1, stdout: '', stderr: `ERROR ${this.secretError}\n` });
    }
    this.#writes[tool]?.(args, stdin);
    const answer = this.#reads[tool]?.(args) ?? null;
    return Promise.resolve({ exitCode: 0, stdout: JSON.stringify(answer), stderr: '' });
  }

  readonly #reads: Readonly<Record<string, (args: readonly string[]) => unknown>> = {
    'config-get': () => this.config,
    'action-get': () => this.params,
    'is-leader': () => this.leader,
    'goal-state': () => ({
      units: Object.fromEntries(Array.from({ length: this.plannedUnits }, (_, number) => [`gluetun/${number}`, {}])),
    }),
    'relation-ids': () => ['vpn-gateway:7'],
    'relation-list': (args) => (args.includes('--app') ? 'sabnzbd' : ['sabnzbd/0']),
    'relation-get': (args) => (args.at(-1) === 'gluetun' ? this.databag : { config: JSON.stringify(this.requirer) }),
    'secret-get': () => this.secret,
    'state-get': () => this.#state,
    'status-get': () => {
      const [status, ...message] = this.status.split(': ');
      return { status, message: message.join(': ') };
    },
  };

  readonly #writes: Readonly<Record<string, (args: readonly string[], stdin: string) => void>> = {
    'relation-set': (_args, stdin) => {
      this.databag = { ...this.databag, ...(JSON.parse(stdin) as object) };
    },
    'state-set': (_args, stdin) => {
      this.#state = { ...this.#state, ...(JSON.parse(stdin) as object) };
    },
    'state-delete': ([deleted]) => {
      this.#state = Object.fromEntries(Object.entries(this.#state).filter(([key]) => key !== deleted));
    },
    'status-set': (args) => {
      this.status = `${args[1] ?? ''}: ${args.slice(3).join(' ')}`;
    },
  };
}
