import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RealClock, Sandbox } from '@charm-ts/testing';
import { RawProviderCharm } from '../../integration/raw-provider.js';
import { clusterForSuite } from '../../integration/suite.js';
import { packed, type PythonCharm } from './python-charm.js';
import { PythonPeer } from './python-peer.js';
import { longPatience } from './waiting.js';

const here = clusterForSuite();
const release = '0.6.4';
const probe = {
  program: 'probe_charm.py',
  metadata: { name: 'probe', requires: { link: { interface: 'vpn-gateway' } } },
  options: {
    text: { type: 'string', default: 'as declared' },
    number: { type: 'int' },
    nothing: { type: 'string' },
    granted: { type: 'secret' },
    ungranted: { type: 'secret' },
  },
  actions: { probe: {} },
} satisfies PythonCharm;

type Verdicts = Readonly<Record<string, unknown>>;

/** Where the two differ, and why this kit does what it does. */
const everywhere = {
  // Juju tells which ports were open when the hook began.
  ports: [[], ['53/udp', '8080/tcp']],
  // The tool refuses; there, the state is checked afterwards.
  'port out of range': ['! ModelError', '! StateValidationError'],
  // Juju always names a rotation.
  rotation: ['SecretRotate.NEVER', 'None'],
  // An owner's labels are unique.
  'same label twice': ['! ModelError', { password: 'one' }],
  // Juju 3.6 says "permission denied"; a state without the secret is another case.
  'secret without a grant': ['! ModelError', '! SecretNotFoundError'],
  // The tool says "relation not found", and `ops` takes that for an empty databag.
  'unknown relation': ['! KeyError', '! ReferenceError'],
} satisfies Readonly<Record<string, readonly [ours: unknown, theirs: unknown]>>;
const followers = {
  // Only the leader makes secrets of the application.
  'make one of the application': ['! ModelError', { password: 'one' }],
  grant: ['! SecretNotFoundError', '! ModelError'],
} satisfies Readonly<Record<string, readonly [ours: unknown, theirs: unknown]>>;

const without = (verdicts: Verdicts, names: readonly string[]): Verdicts =>
  Object.fromEntries(Object.entries(verdicts).filter(([name]) => !names.includes(name)));

/** The same charm, `ops` itself included: once on the kit's Juju model through its hook tools, once on Canonical's test kit. */
describe("ops on this kit's Juju model and on ops[testing]", () => {
  let python: PythonPeer;
  let sandbox: Sandbox;

  beforeAll(async () => {
    python = PythonPeer.start(release);
    sandbox = await Sandbox.create({ cluster: here.cluster, clock: new RealClock() });
    await sandbox.deploy(RawProviderCharm, 'remote');
    sandbox.configure('remote', { config: 'theirs' });
    await sandbox.deploy(packed(probe, release), 'probe', { units: 2 });
    const granted = sandbox.addSecret('granted', { token: 'abc' });
    sandbox.grantSecret('granted', 'probe');
    const ungranted = sandbox.addSecret('ungranted', { token: 'def' });
    sandbox.configure('probe', { number: 7, granted, ungranted });
    sandbox.integrate('remote', 'probe');
    await sandbox.settle();
  }, longPatience);
  afterAll(async () => {
    await python.close();
    await sandbox.close();
  });

  const theirs = async (leader: boolean): Promise<Verdicts> =>
    (await python.call('verdicts', {
      leader,
      metadata: probe.metadata,
      config: { options: probe.options },
      actions: probe.actions,
    })) as Verdicts;
  const ours = async (unit: string): Promise<Verdicts> => {
    const outcome = await sandbox.run(unit, 'probe');
    return JSON.parse(String(outcome.results['verdicts'])) as Verdicts;
  };

  test.each([
    ['leader', 'probe/0', true],
    ['follower', 'probe/1', false],
  ])(
    'agree for a %s, but for what is listed',
    async (_role, unit, leader) => {
      const [one, two] = [await ours(unit), await theirs(leader)];
      const differences = Object.entries({ ...everywhere, ...(leader ? {} : followers) });
      const names = differences.map(([name]) => name);
      expect(without(one, names)).toEqual(without(two, names));
      expect(differences.map(([name]) => [name, one[name], two[name]])).toEqual(
        differences.map(([name, [here, there]]) => [name, here, there]),
      );
      expect(Object.keys(one)).toHaveLength(46);
    },
    longPatience,
  );
});
