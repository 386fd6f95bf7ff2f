import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HookToolInvocation, HookToolResult, HookTools } from '@charm-ts/ops';
import { SabnzbdCharm } from '../../../charms/sabnzbd-k8s/src/charm.js';
import { VirtualClock } from '../../../lib/testing/src/clock/virtual-clock.js';
import { PebbleDaemon, type ServiceExit } from '../../../lib/testing/src/pebble/index.js';

export const settingsFile = '/config/sabnzbd.ini';
const secretId = 'secret:d0erdgfmp25c762i8np0';

/** SABnzbd without a VPN, everything around it in memory and able to fail; a real Pebble API on a socket. */
export class MediaWorld implements HookTools {
  readonly clock = new VirtualClock();
  readonly calls: HookToolInvocation[] = [];
  readonly pebble: PebbleDaemon;
  config: Readonly<Record<string, unknown>> = {
    'unsafe-mode': true,
    'extra-peers': '',
    timezone: 'Etc/UTC',
    puid: 1000,
    pgid: 1000,
    'credentials-rotation': 'never',
  };
  leader = true;
  /** What tools answer instead, by their names. */
  readonly errors = new Map<string, string>();
  secret: Readonly<Record<string, string>> | undefined;
  /** How the application ends, when it does. */
  exit: ServiceExit | undefined;
  status = '';
  readonly #root = mkdtempSync(join(tmpdir(), 'mw-'));
  #state: Record<string, string> = {};

  constructor() {
    const socketPath = join(this.#root, 'charm/containers/sabnzbd/pebble.socket');
    mkdirSync(join(socketPath, '..'), { recursive: true });
    this.pebble = new PebbleDaemon({
      socketPath,
      clock: this.clock,
      workload: {
        onServiceStart: () => this.exit,
        exec: () => ({ exitCode: 0 }),
        check: () => ({ ok: true }),
      },
    });
  }

  start(): Promise<void> {
    return this.pebble.start();
  }

  async stop(): Promise<void> {
    await this.pebble.stop();
    rmSync(this.#root, { recursive: true });
  }

  /** Runs a hook; one that fails is a failure of the test. */
  async hook(name: string, variables: Readonly<Record<string, string>> = {}): Promise<void> {
    const outcome = await SabnzbdCharm.dispatch({
      environment: {
        JUJU_CHARM_DIR: join(this.#root, 'var/lib/juju/agents/unit-sabnzbd-0/charm'),
        JUJU_DISPATCH_PATH: `hooks/${name}`,
        JUJU_UNIT_NAME: 'sabnzbd/0',
        JUJU_MODEL_NAME: 'media',
        JUJU_MODEL_UUID: '1',
        JUJU_API_ADDRESSES: '10.152.183.61:17070',
        ...variables,
      },
      hookTools: this,
      clock: this.clock,
      kubeApi: () => Promise.reject(new Error('nobody needs Kubernetes here')),
    });
    if (outcome.exitCode !== 0) throw new Error(`${name} failed`, { cause: outcome.error });
  }

  /** A hook about the secret. */
  secretHook(name: 'secret-rotate' | 'secret-remove', given: Readonly<Record<string, string>> = {}): Promise<void> {
    const variables = { JUJU_SECRET_ID: secretId, JUJU_SECRET_LABEL: 'credentials', JUJU_SECRET_REVISION: '1' };
    return this.hook(name, { ...variables, ...given });
  }

  get service(): string {
    return this.pebble.services.find(({ name }) => name === 'sabnzbd')?.current ?? 'absent';
  }

  /** Tools that were called since the last look. */
  tools(): readonly string[] {
    return this.calls.splice(0).map(({ tool }) => tool);
  }

  async run(invocation: HookToolInvocation): Promise<HookToolResult> {
    this.calls.push(invocation);
    const { tool, args, stdin = '{}' } = invocation;
    const error = this.errors.get(tool);
    if (error !== undefined) return fails(error);
    if (this.secret === undefined && ['secret-get', 'secret-info-get'].includes(tool)) {
      return fails('secret "credentials" not found');
    }
    if (tool === 'secret-add' || tool === 'secret-set') this.secret = await contentOf(args);
    if (tool === 'state-set') this.#state = { ...this.#state, ...(JSON.parse(stdin) as object) };
    if (tool === 'status-set') this.status = `${args[1] ?? ''}: ${args.slice(3).join(' ')}`;
    const answer = this.#answers[tool]?.() ?? null;
    return {
      exitCode: 0,
      stdout: tool === 'secret-add' ? `${secretId}\n` : JSON.stringify(answer),
      stderr: '',
    };
  }

  readonly #answers: Readonly<Record<string, () => unknown>> = {
    'config-get': () => this.config,
    'is-leader': () => this.leader,
    'goal-state': () => ({ units: { 'sabnzbd/0': {} } }),
    'relation-ids': () => [],
    'storage-list': () => [],
    'secret-get': () => this.secret,
    'secret-info-get': () => ({ d0erdgfmp25c762i8np0: { revision: 1, label: 'credentials', rotation: 'never' } }),
    'state-get': () => this.#state,
    'status-get': () => {
      const [status, ...message] = this.status.split(': ');
      return { status, message: message.join(': ') };
    },
  };
}

const fails = (error: string): HookToolResult => ({ exitCode: 1, stdout: '', stderr: `ERROR ${error}\n` });

/** Of arguments such as `api-key#file=/tmp/secret-x/api-key`. */
const contentOf = async (args: readonly string[]): Promise<Readonly<Record<string, string>>> => {
  const pairs = args.flatMap((arg) => {
    const [, key, path] = /^([a-z-]+)#file=(.+)$/.exec(arg) ?? [];
    return key === undefined || path === undefined ? [] : [[key, path] as const];
  });
  const read = pairs.map(async ([key, path]) => [key, await readFile(path, 'utf8')] as const);
  return Object.fromEntries(await Promise.all(read));
};
