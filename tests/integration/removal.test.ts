import { describe, expect, test } from '@jest/globals';
import type { JournalEntry } from '@charm-ts/testing';
import { client, Deployment, gateway } from './deployment.js';
import { deploymentForEachTest, patience } from './suite.js';

const here = deploymentForEachTest(
  (cluster) => Deployment.complete(cluster),
  (entries) => {
    const unsafe = entries.some(({ detail }) => detail === 'config sabnzbd unsafe-mode');
    // In unsafe-mode the promise ends with the policy.
    return unsafe ? entries.slice(0, entries.findIndex(is('kubernetes-delete', /^NetworkPolicy/)) + 1) : entries;
  },
);

const ofSabnzbd = (names: readonly string[]): readonly string[] => names.filter((name) => name.includes('sabnzbd'));
const is =
  (kind: string, detail: RegExp) =>
  (entry: JournalEntry): boolean =>
    entry.kind === kind && entry.actor === client && detail.test(entry.detail);

/** Positions of the steps of a clean-up among the entries; -1 for one that did not happen. */
const steps = (entries: readonly JournalEntry[]): readonly number[] => [
  entries.findIndex(is('pebble-service', /sabnzbd inactive/)),
  entries.findIndex(is('kubernetes-apply', /^StatefulSet/)),
  entries.findIndex(is('kubernetes-delete', /^ConfigMap/)),
  entries.findIndex(is('kubernetes-delete', /^NetworkPolicy/)),
];

const expectOrder = (positions: readonly number[]): void => {
  expect(positions).not.toContain(-1);
  expect([...positions].sort((a, b) => a - b)).toEqual(positions);
};

/** The StatefulSet names what it runs; nothing of ours may be in it. */
const expectTemplateOfJuju = (app: string): void => {
  const text = JSON.stringify(
    here.cluster.get({ apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: 'media', name: app })?.['spec'],
  );
  expect(text).not.toMatch(/vpn|gateway/);
};

const ends: readonly (readonly [string, () => void])[] = [
  [
    'the relation is removed',
    () => {
      here.deployment.sandbox.removeRelation('gluetun', 'sabnzbd');
    },
  ],
  [
    'gluetun is removed',
    () => {
      here.deployment.sandbox.removeApplication('gluetun');
    },
  ],
];

describe.each(ends)('when %s', (_what, end) => {
  test(
    'the workload stops first, then all is taken down, the policy last',
    async () => {
      const { sandbox } = here.deployment;
      const mark = sandbox.journal.length;
      end();
      await here.deployment.settle();
      expectOrder(steps(sandbox.journal.since(mark)));
      expect(ofSabnzbd(here.deployment.ours)).toEqual([]);
      expectTemplateOfJuju('sabnzbd');
      expect(here.deployment.service(client)).not.toBe('active');
      expect(here.deployment.status(client)).toBe('blocked: integrate with a vpn-gateway (or set unsafe-mode=true)');
    },
    patience,
  );

  test(
    'in unsafe-mode it is started again, but only in the open pod',
    async () => {
      const { sandbox } = here.deployment;
      sandbox.configure('sabnzbd', { 'unsafe-mode': true });
      await here.deployment.settle();
      expect(here.deployment.status(client)).toBe(
        'active: VPN on (185.213.154.66); unsafe-mode waits until the relation is removed',
      );
      const mark = sandbox.journal.length;
      end();
      await here.deployment.settle();
      const entries = sandbox.journal.since(mark);
      expectOrder([...steps(entries), entries.findLastIndex(is('pebble-service', /sabnzbd active/))]);
      expect(ofSabnzbd(here.deployment.ours)).toEqual([]);
      expectTemplateOfJuju('sabnzbd');
      expect(here.deployment.service(client)).toBe('active');
      expect(here.deployment.status(client)).toBe('active: unsafe-mode: traffic does not use a VPN');
    },
    patience,
  );
});

describe('when sabnzbd is removed', () => {
  test.each([false, true])(
    'the workload stops first and nothing stays behind (unsafe-mode: %s)',
    async (unsafe) => {
      const { sandbox } = here.deployment;
      sandbox.configure('sabnzbd', { 'unsafe-mode': unsafe });
      await here.deployment.settle();
      const mark = sandbox.journal.length;
      sandbox.removeApplication('sabnzbd');
      await here.deployment.settle();
      const entries = sandbox.journal.since(mark);
      expectOrder(steps(entries));
      expect(sandbox.model.applications.has('sabnzbd')).toBe(false);
      expect(ofSabnzbd(here.deployment.ours)).toEqual([]);
      expect(here.deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 0 clients');
    },
    patience,
  );
});

describe('when gluetun is removed', () => {
  test(
    'nothing of either application stays behind in Kubernetes',
    async () => {
      const { sandbox } = here.deployment;
      sandbox.removeApplication('gluetun');
      await here.deployment.settle();
      expect(sandbox.model.applications.has('gluetun')).toBe(false);
      expect(here.deployment.ours).toEqual([]);
      const names = here.cluster.list().map(({ metadata }) => metadata.name);
      expect(names.filter((name) => name.includes('gluetun'))).toEqual([]);
    },
    patience,
  );

  test(
    'both at once leave nothing behind',
    async () => {
      const { sandbox } = here.deployment;
      sandbox.removeApplication('gluetun');
      sandbox.removeApplication('sabnzbd');
      await here.deployment.settle();
      expect([...sandbox.model.applications.keys()]).toEqual([]);
      expect(here.deployment.ours).toEqual([]);
    },
    patience,
  );
});

describe('when they are integrated again', () => {
  test(
    'all is as before',
    async () => {
      const { sandbox } = here.deployment;
      const before = here.deployment.ours;
      sandbox.removeRelation('gluetun', 'sabnzbd');
      await here.deployment.settle();
      here.deployment.integrate();
      await here.deployment.settle();
      expect(here.deployment.ours).toEqual(before);
      expect(here.deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
      expect(here.deployment.service(client)).toBe('active');
    },
    patience,
  );
});
