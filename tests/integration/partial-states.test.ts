import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { PodCase, PodCaseName } from '@charm-ts/testing';
import { client, Deployment } from './deployment.js';
import { leaks } from './no-leak.js';
import { partialStates } from './pod-cases.js';
import { clusterForSuite, patience } from './suite.js';

const here = clusterForSuite();
let deployment: Deployment;

beforeAll(async () => {
  deployment = await Deployment.complete(here.cluster);
}, patience);
afterAll(() => deployment.close());
/** Each case begins and ends with a workload that runs in a verified pod. */
afterEach(async () => {
  const { sandbox } = deployment;
  sandbox.pod(client).force(undefined);
  await deployment.updateStatus(client);
  expect(deployment.service(client)).toBe('active');
  expect(deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
  expect(sandbox.failures).toEqual([]);
  expect(leaks(sandbox.journal.entries)).toEqual([]);
});

/** Hooks of the client since the mark. */
const hooks = (mark: number): number =>
  deployment.sandbox.journal.since(mark).filter(({ kind, actor }) => kind === 'hook-start' && actor === client).length;

describe.each(partialStates)('a pod with $what', ({ network, reason }) => {
  const force = (what: PodCaseName | PodCase | undefined): void => {
    deployment.sandbox.pod(client).force(what);
  };

  test(
    'does not start the workload before the path is good, and says why',
    async () => {
      const { sandbox } = deployment;
      const pods = sandbox.journal.of('pod-replaced', client).length;
      sandbox.deletePod(client);
      await sandbox.waitFor(() => sandbox.journal.of('pod-replaced', client).length > pods);
      const mark = sandbox.journal.length;
      force(network);
      await deployment.settle();
      await deployment.updateStatus(client);
      expect(sandbox.journal.since(mark).filter(({ detail }) => detail.includes('sabnzbd active'))).toEqual([]);
      expect(deployment.service(client)).not.toBe('active');
      expect(deployment.status(client)).toMatch(/^waiting: VPN: verifying the path \(2 of 3\): /);
      expect(deployment.status(client)).toMatch(reason);
    },
    patience,
  );

  test(
    'stops a running workload within one event and says why',
    async () => {
      const { sandbox } = deployment;
      expect(deployment.service(client)).toBe('active');
      const mark = sandbox.journal.length;
      force(network);
      sandbox.updateStatus(client);
      await sandbox.waitFor(() => hooks(mark) > 0);
      expect(hooks(mark)).toBe(1);
      expect(deployment.service(client)).toBe('inactive');
      expect(deployment.status(client)).toMatch(/^waiting: VPN: path not verified, workload stopped: /);
      expect(deployment.status(client)).toMatch(reason);
    },
    patience,
  );
});
