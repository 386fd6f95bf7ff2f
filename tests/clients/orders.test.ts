import { beforeAll, describe, expect, test } from '@jest/globals';
import { endState } from '../integration/end-state.js';
import {
  MediaModel,
  type MediaAppName,
  mediaApps,
  settingsFiles,
  writtenCredential,
} from '../integration/media-model.js';
import { leaks } from '../integration/no-leak.js';
import { clusterForSuite } from '../integration/suite.js';
import { constraints, takeStep } from './media-steps.js';
import { seededOrder } from './seeded-order.js';

const here = clusterForSuite();
let expected: Readonly<Record<string, unknown>>;

const units = mediaApps.map((app) => `${app}/0`);

const finish = async (model: MediaModel): Promise<void> => {
  // No event tells of a grant: Juju's regular update-status finds it.
  await model.settle();
  model.sandbox.updateStatus();
  await model.settle();
};

const complete = async (seed: number, afterStep: (model: MediaModel) => Promise<void>): Promise<MediaModel> => {
  const model = await MediaModel.empty(here.cluster);
  for (const step of seededOrder(constraints, seed)) {
    await takeStep(model, step);
    await afterStep(model);
  }
  await finish(model);
  return model;
};

const expectComplete = (model: MediaModel): void => {
  for (const unit of units) expect([unit, model.statuses()[unit]]).toEqual([unit, 'active: VPN on (185.213.154.66)']);
  expect(model.statuses()['gluetun/0']).toMatch(/^active: VPN connected \(185\.213\.154\.66\).*3 clients/);
  for (const unit of units) expect(leaks(model.sandbox.journal.entries, unit)).toEqual([]);
  expect(model.sandbox.failures).toEqual([]);
  expect(endState(model)).toEqual(expected);
};

beforeAll(async () => {
  const model = await MediaModel.deployed(here.cluster);
  for (const app of mediaApps) model.integrate(app);
  await finish(model);
  expected = endState(model);
  await model.close();
}, 240_000);

describe('any order of four charms ends in the same state', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => ({ seed, order: seededOrder(constraints, seed).join(', ') })))(
    'seed $seed: $order',
    async ({ seed }) => {
      const model = await complete(seed, (each) => each.settle());
      expectComplete(model);
      for (const unit of units) expect(model.sandbox.journal.of('pod-replaced', unit)).toHaveLength(1);
      await model.close();
    },
  );
});

describe('without a pause between the steps', () => {
  test.each([11, 12, 13, 14])('seed %d', async (seed) => {
    const model = await complete(seed, () => Promise.resolve());
    expectComplete(model);
    await model.close();
  });
});

describe('with every pod replaced after each step', () => {
  test.each([21, 22, 23])('seed %d', async (seed) => {
    const model = await complete(seed, async (each) => {
      await each.settle();
      for (const { name } of each.sandbox.model.units) each.sandbox.deletePod(name);
      await each.settle();
    });
    expectComplete(model);
    await model.close();
  });
});

describe('two units of a client from the beginning', () => {
  test.each(mediaApps)('%s: no unit runs before its own pod is closed, and each pod is replaced once', async (app) => {
    const model = await MediaModel.deployed(here.cluster);
    const { sandbox } = model;
    const pair = [`${app}/0`, `${app}/1`];
    sandbox.scale(app, 2);
    await model.settle();
    for (const unit of pair) expect(model.statuses()[unit]).toMatch(/^blocked: integrate with a vpn-gateway/);
    model.integrate(app);
    await finish(model);
    for (const unit of pair) {
      expect([unit, model.statuses()[unit]]).toEqual([unit, 'active: VPN on (185.213.154.66)']);
      expect(leaks(sandbox.journal.entries, unit)).toEqual([]);
      expect(sandbox.journal.of('pod-replaced', unit)).toHaveLength(1);
    }
    expect(model.statuses()['gluetun/0']).toMatch(/^active: .*1 client/);
    expect(sandbox.failures).toEqual([]);
    await model.close();
  });
});

/** New credentials stop and start the application of both units once, and the path is verified anew each time. */
const expectRotation = async (model: MediaModel, app: MediaAppName): Promise<void> => {
  const { sandbox } = model;
  const mark = sandbox.journal.length;
  const before = model.credentials(app);
  expect(await sandbox.run(`${app}/0`, 'rotate-credentials')).toMatchObject({ status: 'completed' });
  await model.settle();
  const credential = model.credentials(app)[writtenCredential[app]] ?? '?';
  expect(credential).not.toBe(before[writtenCredential[app]]);
  for (const unit of [`${app}/0`, `${app}/1`]) {
    expect(model.file(unit, settingsFiles[app])).toContain(credential);
    const restarts = sandbox.journal
      .since(mark)
      .filter(({ actor, kind }) => actor === unit && kind === 'pebble-service')
      .map(({ detail }) => detail);
    expect(restarts).toEqual([`${app}: ${app} inactive`, `${app}: ${app} active`]);
    expect(model.statuses()[unit]).toBe('active: VPN on (185.213.154.66)');
  }
};

describe('two units of a client', () => {
  test.each(mediaApps)(
    '%s: both run protected, with the same credentials, and the second goes without a trace',
    async (app) => {
      const model = await complete(31, (each) => each.settle());
      const { sandbox } = model;
      sandbox.scale(app, 2);
      await finish(model);
      const second = `${app}/1`;
      expect(model.statuses()[second]).toBe('active: VPN on (185.213.154.66)');
      for (const unit of units) expect(leaks(sandbox.journal.entries, unit)).toEqual([]);
      expect(leaks(sandbox.journal.entries, second)).toEqual([]);
      expect(sandbox.pod(second).template.containers).toContain('vpn-route-sidecar');
      expect(sandbox.pod(second).template.initContainers).toContain('vpn-route-init');
      const secrets = [...sandbox.model.secrets.values()].filter(({ owner }) => owner === app || owner === second);
      expect(secrets).toHaveLength(1);
      await expectRotation(model, app);
      sandbox.scale(app, 1);
      await finish(model);
      // Two changes of scale are two generations of the StatefulSet: what counts is that nothing of the second unit is left.
      expect(Object.keys(model.statuses())).not.toContain(second);
      for (const unit of units) expect(model.statuses()[unit]).toBe('active: VPN on (185.213.154.66)');
      expect(sandbox.failures).toEqual([]);
      await model.close();
    },
  );
});
