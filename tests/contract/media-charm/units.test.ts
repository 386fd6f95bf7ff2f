import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Cluster, Sandbox } from '@charm-ts/testing';
import { SabnzbdCharm } from '../../../charms/sabnzbd-k8s/src/charm.js';

// The first hook that reaches Kubernetes loads its client, which takes seconds on a busy machine.
jest.setTimeout(60_000);

// One deployment lives through the story below. It has no VPN: what the leader has to tell the other unit does not depend on one.
const units = ['sabnzbd/0', 'sabnzbd/1'] as const;
const waiting = new Set<string>();
let cluster: Cluster;
let sandbox: Sandbox;

beforeAll(async () => {
  cluster = await Cluster.start();
  sandbox = await Sandbox.create({
    cluster,
    // Whatever is due for the unit that does not lead comes first.
    choose: (candidates) => {
      waiting.add(sandbox.status(units[1]).message);
      return Math.max(
        0,
        candidates.findIndex(({ unit }) => unit === units[1]),
      );
    },
  });
  await sandbox.deploy(SabnzbdCharm, 'sabnzbd', { trust: true, units: 2, config: { 'unsafe-mode': true } });
  await sandbox.settle();
});
afterAll(async () => {
  await sandbox.close();
  await cluster.close();
});

const keyIn = (unit: string): string | undefined => {
  const text = sandbox.pod(unit).container('sabnzbd').files.read('/config/sabnzbd.ini') ?? '';
  return /^api_key = (\w+)$/m.exec(text)?.[1];
};
const secret = () => {
  const [made] = [...sandbox.model.secrets.values()];
  if (made === undefined) throw new Error('there is no secret');
  return made;
};
const secretKey = (): string | undefined => secret().content(secret().latest)?.['api-key'];
/** What became of the service since a place in the journal. */
const servicesSince = (mark: number, unit: string): readonly string[] =>
  sandbox.journal
    .since(mark)
    .filter(({ actor, kind }) => actor === unit && kind === 'pebble-service')
    .map(({ detail }) => detail.replace(/^\S+: /, ''));
const told = (): Readonly<Record<string, string>> | undefined =>
  sandbox.model.relationsOf('sabnzbd')[0]?.bag('sabnzbd').read();

test('a unit that comes before the leader has made the credentials gets them at once', () => {
  expect([...waiting]).toContain('waiting for the leader to make the credentials');
  for (const unit of units)
    expect([unit, sandbox.status(unit).name, keyIn(unit)]).toEqual([unit, 'active', secretKey()]);
  expect(told()).toEqual({ credentials: '1' });
});

describe('new credentials reach every unit at once, and each restarts its application once', () => {
  test.each<[string, string, () => unknown]>([
    ['after the action', '2', () => sandbox.run('sabnzbd/0', 'rotate-credentials')],
    [
      'when their time has come and another unit leads',
      '3',
      async () => {
        sandbox.model.setLeader('sabnzbd/1');
        await sandbox.settle();
        sandbox.rotateSecret('sabnzbd', 'credentials');
      },
    ],
  ])('%s', async (_when, times, rotate) => {
    const [mark, before] = [sandbox.journal.length, secretKey()];
    await rotate();
    await sandbox.settle();
    expect(secretKey()).not.toBe(before);
    for (const unit of units) {
      expect([unit, keyIn(unit)]).toEqual([unit, secretKey()]);
      expect([unit, servicesSince(mark, unit)]).toEqual([unit, ['sabnzbd inactive', 'sabnzbd active']]);
    }
    // Juju tells the leader when nobody reads the old ones any more.
    expect(secret().olderRevisions).toEqual([]);
    // A number: no credential is in the databag.
    expect(told()).toEqual({ credentials: times });
    expect(sandbox.failures).toEqual([]);
  });
});
