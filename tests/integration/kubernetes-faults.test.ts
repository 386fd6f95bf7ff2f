import { describe, expect, test } from '@jest/globals';
import { client, Deployment, gateway } from './deployment.js';
import { deploymentForEachTest, patience } from './suite.js';

const forever = Number.POSITIVE_INFINITY;

const here = deploymentForEachTest(async (cluster) => {
  const deployment = await Deployment.empty(cluster);
  deployment.addSecret();
  await deployment.deployGluetun();
  await deployment.deploySabnzbd();
  deployment.grantSecret();
  await deployment.settle();
  return deployment;
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
      const { sandbox } = here.deployment;
      // A conflict is an answer to a write only.
      for (const verb of name === '409' ? ['patch'] : ['get', 'patch', 'list'])
        here.cluster.api.faults.next(1, fault, { verb });
      here.deployment.setOptions();
      here.deployment.integrate();
      await here.deployment.settle();
      expect(here.deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 1 client');
      expect(here.deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
      expect(sandbox.journal.of('status').filter(({ detail }) => detail.includes('Kubernetes'))).toEqual([]);
    },
    patience,
  );

  test(
    'an outage is a waiting status, and the next update-status recovers',
    async () => {
      here.cluster.api.faults.next(forever, fault);
      here.deployment.setOptions();
      here.deployment.integrate();
      await here.deployment.settle();
      expect(here.deployment.status(gateway)).toBe('waiting: Kubernetes does not answer, will try again');
      expect(here.deployment.service(gateway)).not.toBe('active');
      expect(here.deployment.status(client)).toMatch(/^waiting: /);
      expect(here.deployment.service(client)).not.toBe('active');
      here.cluster.api.faults.clear();
      await here.deployment.updateStatus();
      expect(here.deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 1 client');
      expect(here.deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
    },
    patience,
  );
});

describe('an outage while all is well', () => {
  test(
    'leaves tunnel and workload running, and the client protected',
    async () => {
      here.deployment.setOptions();
      here.deployment.integrate();
      await here.deployment.settle();
      const before = here.deployment.ours;
      here.cluster.api.faults.next(forever, { kind: 'status', status: 503 });
      await here.deployment.updateStatus();
      expect(here.deployment.service(gateway)).toBe('active');
      expect(here.deployment.service(client)).toBe('active');
      expect(here.deployment.status(client)).toBe('waiting: Kubernetes does not answer, will try again');
      expect(here.deployment.ours).toEqual(before);
      here.cluster.api.faults.clear();
      await here.deployment.updateStatus();
      expect(here.deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
      expect(here.deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 1 client');
    },
    patience,
  );
});
