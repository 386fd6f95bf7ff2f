import { describe, expect, test } from '@jest/globals';
import type { JournalEntry } from '@charm-ts/testing';
import { client, Deployment, gateway } from './deployment.js';
import { deploymentForEachTest, patience } from './suite.js';

const on = 'active: VPN on (185.213.154.66)';
const connected = 'active: VPN connected (185.213.154.66), 1 client';
const here = deploymentForEachTest((cluster) => Deployment.complete(cluster));

const hooksSince = (mark: number, unit: string): readonly string[] =>
  here.deployment.sandbox.journal
    .since(mark)
    .filter(({ kind, actor }: JournalEntry) => kind === 'hook-start' && actor === unit)
    .map(({ detail }) => detail);

describe('an overlay that comes up after pebble-ready', () => {
  test(
    "starts the workload by the Pebble check's event alone",
    async () => {
      const { sandbox } = here.deployment;
      sandbox.deletePod(client);
      await sandbox.waitFor(() => sandbox.journal.of('pod-replaced', client).length === 2);
      sandbox.pod(client).force('closed');
      await here.deployment.settle();
      expect(here.deployment.status(client)).toMatch(/^waiting: VPN: verifying the path \(2 of 3\): \w+: /);
      expect(here.deployment.service(client)).not.toBe('active');
      const mark = sandbox.journal.length;
      sandbox.pod(client).force(undefined);
      await here.deployment.settle();
      expect(hooksSince(mark, client)).toEqual(['sabnzbd-pebble-check-recovered']);
      expect(here.deployment.service(client)).toBe('active');
      expect(here.deployment.status(client)).toBe(on);
    },
    patience,
  );
});

describe('a VPN that is lost', () => {
  test(
    'reaches both statuses and the databag by the two checks, the client in one event, and so does its return; the client runs on',
    async () => {
      const { sandbox } = here.deployment;
      let mark = sandbox.journal.length;
      sandbox.vpn(gateway, 'down');
      await here.deployment.settle();
      // The address is gone, and the probe is not answered.
      expect(hooksSince(mark, gateway)).toEqual(['gluetun-pebble-check-failed', 'gluetun-pebble-check-failed']);
      expect(hooksSince(mark, client)).toEqual(['vpn-gateway-relation-changed']);
      expect(here.deployment.status(gateway)).toMatch(
        /^waiting: VPN lost at \d\d:\d\d UTC, reconnecting; clients are blocked$/,
      );
      expect(here.deployment.status(client)).toBe('waiting: VPN lost: traffic is blocked');
      expect(here.deployment.published()).toMatchObject({ vpn_connected: false, external_ip: null });
      expect(here.deployment.service(client)).toBe('active');
      mark = sandbox.journal.length;
      sandbox.vpn(gateway, 'up');
      await here.deployment.settle();
      expect(new Set(hooksSince(mark, gateway))).toEqual(
        new Set(['gluetun-pebble-check-failed', 'gluetun-pebble-check-recovered']),
      );
      expect(hooksSince(mark, client)).toEqual(['vpn-gateway-relation-changed']);
      expect(here.deployment.status(gateway)).toBe(connected);
      expect(here.deployment.status(client)).toBe(on);
      expect(here.deployment.published()).toMatchObject({ vpn_connected: true, external_ip: '185.213.154.66' });
    },
    patience,
  );

  test(
    'keeps a client from starting until it is back',
    async () => {
      const { sandbox } = here.deployment;
      sandbox.vpn(gateway, 'down');
      await here.deployment.settle();
      sandbox.deletePod(client);
      await here.deployment.settle();
      expect(here.deployment.status(client)).toBe('waiting: VPN: waiting for the tunnel (3 of 3)');
      expect(here.deployment.service(client)).not.toBe('active');
      sandbox.vpn(gateway, 'up');
      await here.deployment.settle();
      expect(here.deployment.status(client)).toBe(on);
      expect(here.deployment.service(client)).toBe('active');
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
      const { sandbox } = here.deployment;
      const before = here.deployment.ours;
      const mark = sandbox.journal.length;
      sandbox.deletePod(gateway);
      if (isLong) sandbox.pod(client).force('gateway-gone');
      await here.deployment.settle();
      if (isLong) {
        expect(here.deployment.status(client)).toMatch(
          /^waiting: VPN: (path not verified, workload stopped|verifying).*: gateway: /,
        );
        expect(here.deployment.service(client)).toBe('inactive');
        sandbox.pod(client).force(undefined);
        await here.deployment.settle();
      }
      const entries = sandbox.journal.since(mark);
      expect(entries.filter(({ kind }) => kind.startsWith('kubernetes-'))).toEqual([]);
      expect(entries.filter(({ kind, actor }) => kind === 'pod-replaced' && actor === client)).toEqual([]);
      expect(here.deployment.ours).toEqual(before);
      expect(here.deployment.status(gateway)).toBe(connected);
      expect(here.deployment.status(client)).toBe(on);
      expect(here.deployment.service(client)).toBe('active');
    },
    patience,
  );
});

describe('a gateway that must stop', () => {
  const taken: readonly (readonly [string, () => void, () => void])[] = [
    [
      'the secret is revoked',
      () => {
        here.deployment.sandbox.model.revokeSecret('vpn-key', 'gluetun');
      },
      () => {
        here.deployment.grantSecret();
      },
    ],
    [
      'the secret is removed',
      () => {
        here.deployment.sandbox.model.removeSecret('vpn-key');
      },
      () => {
        here.deployment.addSecret();
        here.deployment.grantSecret();
        here.deployment.setSecretOption();
      },
    ],
    [
      'an option becomes invalid',
      () => {
        here.deployment.sandbox.configure('gluetun', { 'vxlan-id': -1 });
      },
      () => {
        here.deployment.sandbox.configure('gluetun', { 'vxlan-id': 42 });
      },
    ],
  ];
  test.each(taken)(
    'because %s: gluetun stops, its client is told and stays protected, and all comes back',
    async (_why, take, giveBack) => {
      const before = here.deployment.ours;
      take();
      await here.deployment.updateStatus();
      expect(here.deployment.status(gateway)).toMatch(/^blocked: /);
      expect(here.deployment.service(gateway)).toBe('inactive');
      expect(
        here.deployment.sandbox.pod(gateway).container('gluetun').files.read('/run/secrets/wireguard_private_key'),
      ).toBe(undefined);
      expect(here.deployment.published()).toMatchObject({ vpn_connected: false, external_ip: null });
      expect(here.deployment.status(client)).toBe('waiting: VPN lost: traffic is blocked');
      expect(here.deployment.ours).toEqual(before);
      giveBack();
      await here.deployment.updateStatus();
      expect(here.deployment.status(gateway)).toBe(connected);
      expect(here.deployment.status(client)).toBe(on);
    },
    patience,
  );
});
