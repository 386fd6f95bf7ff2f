import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Cluster, type JournalEntry } from '@charm-ts/testing';
import { client, Deployment, gateway } from './deployment.js';
import { leaks } from './no-leak.js';

const patience = 60_000;
const on = 'active: VPN on (185.213.154.66)';
const connected = 'active: VPN connected (185.213.154.66), 1 client';
let cluster: Cluster;
let deployment: Deployment;

beforeAll(async () => {
  cluster = await Cluster.start();
}, patience);
afterAll(() => cluster.close());
beforeEach(async () => {
  deployment = await Deployment.complete(cluster);
}, patience);
afterEach(async () => {
  const { failures, journal } = deployment.sandbox;
  await deployment.close();
  expect(failures).toEqual([]);
  expect(leaks(journal.entries)).toEqual([]);
});

const hooksSince = (mark: number, unit: string): readonly string[] =>
  deployment.sandbox.journal
    .since(mark)
    .filter(({ kind, actor }: JournalEntry) => kind === 'hook-start' && actor === unit)
    .map(({ detail }) => detail);

describe('an overlay that comes up after pebble-ready', () => {
  test(
    "starts the workload by the Pebble check's event alone",
    async () => {
      const { sandbox } = deployment;
      sandbox.deletePod(client);
      await sandbox.waitFor(() => sandbox.journal.of('pod-replaced', client).length === 2);
      sandbox.pod(client).force('closed');
      await deployment.settle();
      expect(deployment.status(client)).toMatch(/^waiting: VPN: verifying the path \(2 of 3\): \w+: /);
      expect(deployment.service(client)).not.toBe('active');
      const mark = sandbox.journal.length;
      sandbox.pod(client).force(undefined);
      await deployment.settle();
      expect(hooksSince(mark, client)).toEqual(['sabnzbd-pebble-check-recovered']);
      expect(deployment.service(client)).toBe('active');
      expect(deployment.status(client)).toBe(on);
    },
    patience,
  );
});

describe('a VPN that is lost', () => {
  test(
    'reaches both statuses and the databag in one event each, and so does its return; the client runs on',
    async () => {
      const { sandbox } = deployment;
      let mark = sandbox.journal.length;
      sandbox.vpn(gateway, 'down');
      await deployment.settle();
      expect(hooksSince(mark, gateway)).toEqual(['gluetun-pebble-check-failed']);
      expect(hooksSince(mark, client)).toEqual(['vpn-gateway-relation-changed']);
      expect(deployment.status(gateway)).toMatch(
        /^waiting: VPN lost at \d\d:\d\d UTC, reconnecting; clients are blocked$/,
      );
      expect(deployment.status(client)).toBe('waiting: VPN lost: traffic is blocked');
      expect(deployment.published()).toMatchObject({ vpn_connected: false, external_ip: null });
      expect(deployment.service(client)).toBe('active');
      mark = sandbox.journal.length;
      sandbox.vpn(gateway, 'up');
      await deployment.settle();
      expect(hooksSince(mark, gateway)).toEqual(['gluetun-pebble-check-recovered']);
      expect(hooksSince(mark, client)).toEqual(['vpn-gateway-relation-changed']);
      expect(deployment.status(gateway)).toBe(connected);
      expect(deployment.status(client)).toBe(on);
      expect(deployment.published()).toMatchObject({ vpn_connected: true, external_ip: '185.213.154.66' });
    },
    patience,
  );

  test(
    'keeps a client from starting until it is back',
    async () => {
      const { sandbox } = deployment;
      sandbox.vpn(gateway, 'down');
      await deployment.settle();
      sandbox.deletePod(client);
      await deployment.settle();
      expect(deployment.status(client)).toBe('waiting: VPN: waiting for the tunnel (3 of 3)');
      expect(deployment.service(client)).not.toBe('active');
      sandbox.vpn(gateway, 'up');
      await deployment.settle();
      expect(deployment.status(client)).toBe(on);
      expect(deployment.service(client)).toBe('active');
    },
    patience,
  );
});

describe("a gateway's pod that is deleted", () => {
  test.each([
    ['soon back', false],
    ['away for long', true],
  ])(
    'leaves the client protected, which comes back by itself: %s',
    async (_how, isLong) => {
      const { sandbox } = deployment;
      const before = deployment.ours;
      const mark = sandbox.journal.length;
      sandbox.deletePod(gateway);
      if (isLong) sandbox.pod(client).force('gateway-gone');
      await deployment.settle();
      if (isLong) {
        expect(deployment.status(client)).toMatch(
          /^waiting: VPN: (path not verified, workload stopped|verifying).*: gateway: /,
        );
        expect(deployment.service(client)).toBe('inactive');
        sandbox.pod(client).force(undefined);
        await deployment.settle();
      }
      const entries = sandbox.journal.since(mark);
      expect(entries.filter(({ kind }) => kind.startsWith('kubernetes-'))).toEqual([]);
      expect(entries.filter(({ kind, actor }) => kind === 'pod-replaced' && actor === client)).toEqual([]);
      expect(deployment.ours).toEqual(before);
      expect(deployment.status(gateway)).toBe(connected);
      expect(deployment.status(client)).toBe(on);
      expect(deployment.service(client)).toBe('active');
    },
    patience,
  );
});

describe('a gateway that must stop', () => {
  const taken: readonly (readonly [string, () => void, () => void])[] = [
    [
      'the secret is revoked',
      () => {
        deployment.sandbox.model.revokeSecret('vpn-key', 'gluetun');
      },
      () => {
        deployment.grantSecret();
      },
    ],
    [
      'the secret is removed',
      () => {
        deployment.sandbox.model.removeSecret('vpn-key');
      },
      () => {
        deployment.addSecret();
        deployment.grantSecret();
        deployment.setSecretOption();
      },
    ],
    [
      'an option becomes invalid',
      () => {
        deployment.sandbox.configure('gluetun', { 'vxlan-id': -1 });
      },
      () => {
        deployment.sandbox.configure('gluetun', { 'vxlan-id': 42 });
      },
    ],
  ];
  test.each(taken)(
    'because %s: gluetun stops, its client is told and stays protected, and all comes back',
    async (_why, take, giveBack) => {
      const before = deployment.ours;
      take();
      await deployment.updateStatus();
      expect(deployment.status(gateway)).toMatch(/^blocked: /);
      expect(deployment.service(gateway)).toBe('inactive');
      expect(
        deployment.sandbox.pod(gateway).container('gluetun').files.read('/run/secrets/wireguard_private_key'),
      ).toBe(undefined);
      expect(deployment.published()).toMatchObject({ vpn_connected: false, external_ip: null });
      expect(deployment.status(client)).toBe('waiting: VPN lost: traffic is blocked');
      expect(deployment.ours).toEqual(before);
      giveBack();
      await deployment.updateStatus();
      expect(deployment.status(gateway)).toBe(connected);
      expect(deployment.status(client)).toBe(on);
    },
    patience,
  );
});
