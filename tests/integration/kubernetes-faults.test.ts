import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Cluster } from '@charm-ts/testing';
import { client, Deployment, gateway } from './deployment.js';
import { leaks } from './no-leak.js';

const patience = 120_000;
const forever = Number.POSITIVE_INFINITY;
let cluster: Cluster;
let deployment: Deployment;

beforeAll(async () => {
  cluster = await Cluster.start();
}, patience);
afterAll(() => cluster.close());

beforeEach(async () => {
  deployment = await Deployment.empty(cluster);
  deployment.addSecret();
  await deployment.deployGluetun();
  await deployment.deploySabnzbd();
  deployment.grantSecret();
  await deployment.settle();
}, patience);
afterEach(async () => {
  const { failures, journal } = deployment.sandbox;
  await deployment.close();
  expect(failures).toEqual([]);
  expect(leaks(journal.entries)).toEqual([]);
});

const faults = [
  { name: '409', fault: { kind: 'status', status: 409 } },
  { name: '429', fault: { kind: 'status', status: 429, retryAfter: 1 } },
  { name: '500', fault: { kind: 'status', status: 500 } },
  { name: '503', fault: { kind: 'status', status: 503 } },
  { name: 'a cut connection', fault: { kind: 'cut', effect: 'none' } },
  { name: 'an answer that is lost', fault: { kind: 'cut', effect: 'done' } },
] as const;

describe.each(faults)('Kubernetes and $name', ({ name, fault }) => {
  test(
    'one failure is tried again within the hook',
    async () => {
      const { sandbox } = deployment;
      // A conflict is an answer to a write only.
      for (const verb of name === '409' ? ['patch'] : ['get', 'patch', 'list'])
        cluster.api.faults.next(1, fault, { verb });
      deployment.setOptions();
      deployment.integrate();
      await deployment.settle();
      expect(deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 1 client');
      expect(deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
      expect(sandbox.journal.of('status').filter(({ detail }) => detail.includes('Kubernetes'))).toEqual([]);
    },
    patience,
  );

  test(
    'an outage is a waiting status, and the next update-status recovers',
    async () => {
      cluster.api.faults.next(forever, fault);
      deployment.setOptions();
      deployment.integrate();
      await deployment.settle();
      expect(deployment.status(gateway)).toBe('waiting: Kubernetes does not answer, will try again');
      expect(deployment.service(gateway)).not.toBe('active');
      expect(deployment.status(client)).toMatch(/^waiting: /);
      expect(deployment.service(client)).not.toBe('active');
      cluster.api.faults.clear();
      await deployment.updateStatus();
      expect(deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 1 client');
      expect(deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
    },
    patience,
  );
});

describe('an outage while all is well', () => {
  test(
    'leaves tunnel and workload running, and the client protected',
    async () => {
      deployment.setOptions();
      deployment.integrate();
      await deployment.settle();
      const before = deployment.ours;
      cluster.api.faults.next(forever, { kind: 'status', status: 503 });
      await deployment.updateStatus();
      expect(deployment.service(gateway)).toBe('active');
      expect(deployment.service(client)).toBe('active');
      expect(deployment.status(client)).toBe('waiting: Kubernetes does not answer, will try again');
      expect(deployment.ours).toEqual(before);
      cluster.api.faults.clear();
      await deployment.updateStatus();
      expect(deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
      expect(deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 1 client');
    },
    patience,
  );
});
