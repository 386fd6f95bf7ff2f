import { describe, expect, test } from '@jest/globals';
import type { HookEvent } from '@charm-ts/ops';
import { clientPolicyName } from '@charm-ts/vpn-gateway';
import { closedPod, type FakeUnit } from '../fakes/fake-charm.js';
import { changed, data, on, protectedUnit, run } from '../fakes/requirer-world.js';
import { ipv4Table, overlayRoutes, route } from '../fakes/route-tables.js';

const configChanged: HookEvent = { kind: 'config-changed' };

const settings = (unit: FakeUnit): string =>
  JSON.stringify(unit.kube.object('ConfigMap', 'sabnzbd-gateway-client-config')?.['data']);
const policy = (unit: FakeUnit): string =>
  JSON.stringify(unit.kube.object('NetworkPolicy', clientPolicyName('sabnzbd'))?.['spec']);

describe('an author’s and an operator’s own words', () => {
  test('thousands of wrong extra peers make a status that somebody can read', async () => {
    const unit = await protectedUnit();
    unit.options = { extraPeers: Array.from({ length: 3000 }, (_, number) => `8.8.8.8/${number + 33}`).join(' ') };
    const status = await run(unit, configChanged);
    expect(status).toMatch(/; and 2992 more/);
    expect(status.length).toBeLessThan(2500);
  });

  test('extra peers reach policy and pod at once, without another pod, and go the same way', async () => {
    const unit = await protectedUnit();
    const before = policy(unit);
    unit.options = { extraPeers: '192.168.7.40:32400 monitoring:3100' };
    expect(await run(unit, configChanged)).toBe(on);
    expect(unit.kube.writes.map((write) => write.split(' ').slice(0, 2).join(' '))).toEqual([
      'apply NetworkPolicy',
      'apply ConfigMap',
      'patch Pod',
    ]);
    expect(policy(unit)).toContain(
      '{"to":[{"ipBlock":{"cidr":"192.168.7.40/32"}}],"ports":[{"protocol":"TCP","port":32400}]}',
    );
    expect(policy(unit)).toContain(
      '"kubernetes.io/metadata.name":"monitoring"}}}],"ports":[{"protocol":"TCP","port":3100}]}',
    );
    expect(settings(unit)).toContain('\\nEXTRA_PEERS=192.168.7.40/32:tcp:32400\\n');
    unit.pod = { ...closedPod(), ipv4: ipv4Table(...overlayRoutes, route('eth0', '192.168.7.40/32')) };
    expect(await run(unit, configChanged)).toBe(on);
    unit.options = {};
    expect(await run(unit, configChanged)).toBe(on);
    expect(policy(unit)).toBe(before);
    expect(unit.container.service).toBe('active');
  });

  test('one that is refused lets none through, and the workload goes on', async () => {
    const unit = await protectedUnit();
    const before = policy(unit);
    unit.options = { extraPeers: '192.168.7.40 198.51.100.80' };
    expect(await run(unit, configChanged)).toBe(
      'protected blocked: extra-peers: "198.51.100.80" is public and not known as a range of this cluster',
    );
    expect(policy(unit)).toBe(before);
    expect(settings(unit)).toContain('\\nEXTRA_PEERS=\\n');
    expect(unit.container.service).toBe('active');
  });

  test('what the gateway’s ranges leave out of the cluster is said', async () => {
    const unit = await protectedUnit();
    unit.theirs = data({ cluster_cidrs: '10.1.0.0/16' });
    expect(await run(unit, changed)).toBe(
      `${on}; cluster-cidrs of the gateway leaves out services 10.152.183.0/24 of this cluster`,
    );
  });

  test('facts of the cluster win over what is discovered', async () => {
    const unit = await protectedUnit();
    unit.options = { cluster: { domain: 'corp.internal', nodes: ['192.168.7.9', '192.168.7.10'] } };
    expect(await run(unit, configChanged)).toBe(on);
    expect(settings(unit)).toMatch(/\\nNODES=192\.168\.7\.9 192\.168\.7\.10\\n.*\\nCLUSTER_DOMAIN=corp\.internal\\n/);
  });
});
