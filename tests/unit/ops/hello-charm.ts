import {
  CharmBase,
  type CharmClass,
  type CharmHost,
  type CharmMetadata,
  type DispatchOutcome,
  type Framework,
  systemClock,
} from '@charm-ts/ops';
import { type Answer, FakeHookTools } from './fake-hook-tools.js';

/** A charm to test the framework with. */
export const metadata = {
  name: 'hello-k8s',
  containers: { hello: { resource: 'hello-image' }, 'side-car': {} },
  provides: { website: { interface: 'http' } },
  requires: { 'vpn-gateway': { interface: 'vpn-gateway', limit: 1, optional: true } },
  peers: { 'hello-peers': { interface: 'hello-peers' } },
  options: {
    port: { type: 'int', default: 8080 },
    greeting: { type: 'string', default: 'hello' },
    loud: { type: 'boolean', default: false },
    ratio: { type: 'float' },
    motto: { type: 'string' },
    'api-key': { type: 'secret' },
  },
  actions: { greet: { params: { name: { type: 'string', default: 'you' } } } },
  storage: { data: { type: 'filesystem' } },
  resources: { 'hello-image': { type: 'oci-image' } },
} as const satisfies CharmMetadata;

export type HelloCharm = CharmBase<typeof metadata>;

/** A charm class that a test fills with what its constructor does. */
export const charmThat = (constructed: (charm: HelloCharm, framework: Framework) => void): CharmClass =>
  class extends CharmBase<typeof metadata> {
    constructor(framework: Framework) {
      super(framework, metadata);
      constructed(this, framework);
    }
  };

/** A charm with one reconciler. */
export const reconciling = (reconcile: (charm: HelloCharm) => Promise<void>): CharmClass =>
  charmThat((charm, framework) => {
    framework.reconcile(() => reconcile(charm));
  });

export const baseEnvironment = {
  JUJU_DISPATCH_PATH: 'hooks/config-changed',
  JUJU_UNIT_NAME: 'hello/0',
  JUJU_MODEL_NAME: 'media',
  JUJU_MODEL_UUID: '6e2f4f2c-5a2b-4e63-8c6e-0d9b1f3a7c11',
  JUJU_CHARM_DIR: '/var/lib/juju/agents/unit-hello-0/charm',
  JUJU_VERSION: '3.6.8',
  JUJU_API_ADDRESSES: '10.152.183.61:17070 192.168.7.9:17070',
} as const;

export const relationEnvironment = (
  event: string,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> => ({
  JUJU_DISPATCH_PATH: `hooks/vpn-gateway-relation-${event}`,
  JUJU_RELATION: 'vpn-gateway',
  JUJU_RELATION_ID: 'vpn-gateway:7',
  JUJU_REMOTE_APP: 'gluetun',
  JUJU_REMOTE_UNIT: '',
  ...more,
});

export interface Run {
  readonly outcome: DispatchOutcome;
  readonly tools: FakeHookTools;
  readonly stderr: string;
}

/** Dispatches one event. */
export const run = async (
  charm: CharmClass,
  answers: Readonly<Record<string, Answer | (() => Answer | Promise<Answer>)>> = {},
  environment: Readonly<Record<string, string>> = {},
  more: Partial<CharmHost> = {},
): Promise<Run> => {
  const tools = new FakeHookTools({ 'config-get': {}, 'is-leader': true, 'state-get': {}, ...answers });
  let stderr = '';
  const outcome = await CharmBase.dispatch.call(charm, {
    environment: { ...baseEnvironment, ...environment },
    hookTools: tools,
    clock: systemClock,
    stderr: (text) => {
      stderr += text;
    },
    ...more,
  });
  return { outcome, tools, stderr };
};

/** Runs a reconciler and gives what it returned; what it throws is thrown. */
export const reconcile = async <T>(
  work: (charm: HelloCharm) => Promise<T>,
  answers: Readonly<Record<string, Answer | (() => Answer | Promise<Answer>)>> = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<{ result: T; tools: FakeHookTools }> => {
  const results: T[] = [];
  const { outcome, tools } = await run(
    reconciling(async (charm) => {
      results.push(await work(charm));
    }),
    answers,
    environment,
  );
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- whatever the reconciler threw
  if (outcome.error !== undefined) throw outcome.error;
  const [result] = results;
  if (results.length === 0) throw new Error('the reconciler did not run');
  return { result: result as T, tools };
};
