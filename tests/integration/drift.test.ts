import { describe, expect, test } from '@jest/globals';
import { client, Deployment, gateway } from './deployment.js';
import { deploymentForEachTest, patience } from './suite.js';

const here = deploymentForEachTest((cluster) => Deployment.complete(cluster));

const policy = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  namespace: 'media',
  name: 'sabnzbd-vpn-killswitch',
};
const statefulSet = { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: 'media', name: 'sabnzbd' };
const starts = (mark: number): number =>
  here.deployment.sandbox.journal
    .since(mark)
    .findIndex(({ kind, detail }) => kind === 'pebble-service' && detail.endsWith('sabnzbd active'));

describe('somebody has deleted the policy', () => {
  test(
    'a running workload on a verified path goes on, and the policy is back after one event',
    async () => {
      const { sandbox } = here.deployment;
      const mark = sandbox.journal.length;
      here.cluster.delete(policy);
      sandbox.updateStatus(client);
      await sandbox.step();
      expect(here.cluster.get(policy)).toBeDefined();
      expect(starts(mark)).toBe(-1);
      await here.deployment.settle();
      expect(here.deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
    },
    patience,
  );

  test(
    'a new pod does not start its workload before the policy is back',
    async () => {
      const { sandbox } = here.deployment;
      const mark = sandbox.journal.length;
      here.cluster.delete(policy);
      sandbox.deletePod(client);
      await here.deployment.settle();
      const written = sandbox.journal
        .since(mark)
        .findIndex(({ kind, detail }) => kind === 'kubernetes-apply' && detail.startsWith('NetworkPolicy'));
      expect(written).not.toBe(-1);
      expect(starts(mark)).toBeGreaterThan(written);
      expect(here.deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
    },
    patience,
  );

  test(
    'and it cannot be written: nothing is started, and the status says why',
    async () => {
      const { sandbox } = here.deployment;
      const mark = sandbox.journal.length;
      here.cluster.delete(policy);
      here.cluster.api.faults.next(Number.POSITIVE_INFINITY, { kind: 'status', status: 500 }, { verb: 'patch' });
      sandbox.deletePod(client);
      await here.deployment.settle();
      expect(starts(mark)).toBe(-1);
      expect(here.deployment.status(client)).toBe('waiting: Kubernetes does not answer, will try again');
      here.cluster.api.faults.clear();
      await here.deployment.updateStatus();
      expect(here.deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
    },
    patience,
  );
});

describe('somebody has taken the overlay out of the template', () => {
  test(
    'the open pod starts nothing, and the template is mended',
    async () => {
      const { sandbox } = here.deployment;
      const template = JSON.stringify(here.cluster.get(statefulSet)?.['spec']);
      const mark = sandbox.journal.length;
      const juju = sandbox.journal.of('pod-replaced', client).length;
      removeOverlay();
      await here.deployment.settle();
      await here.deployment.updateStatus();
      expect(sandbox.journal.of('pod-replaced', client).length).toBeGreaterThan(juju);
      expect(starts(mark)).not.toBe(-1);
      expect(JSON.stringify(here.cluster.get(statefulSet)?.['spec'])).toBe(template);
      expect(here.deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
    },
    patience,
  );
});

describe('a gateway of two units', () => {
  test(
    'runs one tunnel; the second unit is blocked and says what to do',
    async () => {
      const { sandbox } = here.deployment;
      sandbox.scale('gluetun', 2);
      await here.deployment.settle();
      await here.deployment.updateStatus();
      expect(here.deployment.status('gluetun/1')).toBe(
        'blocked: one unit runs the VPN, run: juju scale-application gluetun 1',
      );
      expect(here.deployment.service('gluetun/1')).toBe('absent');
      expect(
        sandbox.journal.entries.filter(({ actor, kind }) => actor === 'gluetun/1' && kind === 'pebble-service'),
      ).toEqual([]);
      expect(sandbox.pod('gluetun/1').container('gluetun').files.read('/run/secrets/wireguard_private_key')).toBe(
        undefined,
      );
      expect(here.deployment.service(gateway)).toBe('active');
      expect(here.deployment.status(client)).toBe('active: VPN on (185.213.154.66)');
      sandbox.scale('gluetun', 1);
      await here.deployment.settle();
      expect(here.deployment.status(gateway)).toBe('active: VPN connected (185.213.154.66), 1 client');
      expect(here.deployment.ours).toContain('NetworkPolicy gluetun-vpn-gateway');
    },
    patience,
  );
});

/** As an operator's `kubectl edit` would. */
function removeOverlay(): void {
  const patched = (kind: 'containers' | 'initContainers', name: string) => ({ [kind]: [{ name, $patch: 'delete' }] });
  here.cluster.patch(statefulSet, {
    spec: {
      template: {
        spec: { ...patched('containers', 'vpn-route-sidecar'), ...patched('initContainers', 'vpn-route-init') },
      },
    },
  });
}
