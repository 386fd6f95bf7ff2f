import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Candidate, Cluster, Sandbox } from '@charm-ts/testing';
import { SabnzbdCharm } from '../../../charms/sabnzbd-k8s/src/charm.js';

// The first hook that reaches Kubernetes loads its client, which takes seconds on a busy machine.
jest.setTimeout(60_000);

// Without a VPN: what the leader has to tell the other units does not depend on one.
let cluster: Cluster;
let sandbox: Sandbox;
beforeAll(async () => {
  cluster = await Cluster.start();
});
afterEach(() => sandbox.close());
afterAll(() => cluster.close());

const units = ['sabnzbd/0', 'sabnzbd/1'];
const deployed = async (choose?: (candidates: readonly Candidate[]) => number): Promise<void> => {
  sandbox = await Sandbox.create({ cluster, ...(choose === undefined ? {} : { choose }) });
  await sandbox.deploy(SabnzbdCharm, 'sabnzbd', { trust: true, units: 2, config: { 'unsafe-mode': true } });
  await sandbox.settle();
};
const keyIn = (unit: string): string | undefined => {
  const text = sandbox.pod(unit).container('sabnzbd').files.read('/config/sabnzbd.ini') ?? '';
  return /^api_key = (\w+)$/m.exec(text)?.[1];
};
const secret = (): Readonly<Record<string, string>> => {
  const [made] = [...sandbox.model.secrets.values()];
  return made?.content(made.latest) ?? {};
};
/** What became of the services since a place in the journal. */
const servicesSince = (mark: number, unit: string): readonly string[] =>
  sandbox.journal
    .since(mark)
    .filter(({ actor, kind }) => actor === unit && kind === 'pebble-service')
    .map(({ detail }) => detail.replace(/^\S+: /, ''));
const expectRenewed = (mark: number, before: string | undefined): void => {
  for (const unit of units) {
    expect([unit, keyIn(unit)]).toEqual([unit, secret()['api-key']]);
    expect(keyIn(unit)).not.toBe(before);
    expect([unit, servicesSince(mark, unit)]).toEqual([unit, ['sabnzbd inactive', 'sabnzbd active']]);
  }
  expect(sandbox.failures).toEqual([]);
};

describe('new credentials reach every unit at once, and each restarts its application once', () => {
  test('after the action', async () => {
    await deployed();
    const [mark, before] = [sandbox.journal.length, keyIn('sabnzbd/1')];
    expect(await sandbox.run('sabnzbd/0', 'rotate-credentials')).toMatchObject({ status: 'completed' });
    await sandbox.settle();
    expectRenewed(mark, before);
  });

  test('after a rotation in time, also when another unit leads by then', async () => {
    await deployed();
    sandbox.model.setLeader('sabnzbd/1');
    await sandbox.settle();
    const [mark, before] = [sandbox.journal.length, keyIn('sabnzbd/1')];
    sandbox.rotateSecret('sabnzbd', 'credentials');
    await sandbox.settle();
    expectRenewed(mark, before);
  });
});

test('a unit that comes before the leader has made the credentials gets them at once', async () => {
  const statuses: string[] = [];
  await deployed((candidates) => {
    statuses.push(sandbox.status('sabnzbd/1').message);
    return Math.max(
      0,
      candidates.findIndex(({ unit }) => unit === 'sabnzbd/1'),
    );
  });
  expect(statuses).toContain('waiting for the leader to make the credentials');
  for (const unit of units) expect([unit, sandbox.status(unit).name]).toEqual([unit, 'active']);
  expect(keyIn('sabnzbd/1')).toBe(secret()['api-key']);
});

test('what the units are told by is a number: no credential is in the databag', async () => {
  await deployed();
  await sandbox.run('sabnzbd/0', 'rotate-credentials');
  const [peers] = sandbox.model.relationsOf('sabnzbd');
  expect(peers?.bag('sabnzbd').read()).toEqual({ credentials: '2' });
});
