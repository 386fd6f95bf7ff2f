import { describe, expect, test } from '@jest/globals';
import { closedPod, FakeUnit } from '../fakes/fake-charm.js';
import { changed, data, ready, run } from '../fakes/requirer-world.js';
import { closedIpv6, ipv4Table, overlayRoutes, route, route6 } from '../fakes/route-tables.js';

describe('a pod that is only partly closed', () => {
  const partial: readonly (readonly [string, (unit: FakeUnit) => void])[] = [
    ['no overlay', (unit) => (unit.pod.ipv4 = ipv4Table(route('eth0', '10.1.0.0/16')))],
    ['an overlay without an answer', (unit) => (unit.pod.verdict = { status: 503, body: 'overlay: no answer\n' })],
    [
      'B7: a second default route of IPv6',
      (unit) => (unit.pod.ipv6 = `${closedIpv6}\n${route6('eth0', '0'.repeat(32), 0)}`),
    ],
    ['an IPv6 route to all public addresses', (unit) => (unit.pod.ipv6 = route6('eth0', `2${'0'.repeat(31)}`, 3))],
    [
      'a default route by eth0 again',
      (unit) => (unit.pod.ipv4 = ipv4Table(...overlayRoutes, route('eth0', '0.0.0.0/0'))),
    ],
    [
      'a default route in two halves',
      (unit) => (unit.pod.ipv4 = ipv4Table(...overlayRoutes, route('eth0', '0.0.0.0/1'), route('eth0', '128.0.0.0/1'))),
    ],
    ['a sidecar that does not answer', (unit) => (unit.pod.verdict = undefined)],
    [
      'a sidecar that says rules are missing',
      (unit) => (unit.pod.verdict = { status: 503, body: 'rules: OUTPUT accepts\n' }),
    ],
    ['a sidecar that answers something else', (unit) => (unit.pod.verdict = { status: 200, body: '<html>' })],
    ['a sidecar that answers 204', (unit) => (unit.pod.verdict = { status: 204, body: '' })],
    ['an empty route table', (unit) => (unit.pod.ipv4 = '')],
    ['a policy that cannot be read', (unit) => unit.kube.failures.set('get NetworkPolicy', 'kubernetes-forbidden')],
    [
      'a policy that cannot be written',
      (unit) => {
        void unit.kube.delete({
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          name: 'sabnzbd-vpn-killswitch',
        });
        unit.kube.failures.set('apply NetworkPolicy', 'kubernetes-unavailable');
      },
    ],
    [
      'a template without our sidecar',
      (unit) => {
        void unit.kube.apply(
          { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'sabnzbd' } },
          { fieldManager: 'sabnzbd-vpn' },
        );
      },
    ],
    [
      'a pod that was made before the template',
      (unit) => {
        unit.kube.put({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'sabnzbd-0', namespace: 'media' }, spec: {} });
      },
    ],
    ['another overlay than the pod’s', (unit) => (unit.theirs = data({ vxlan_id: 43 }))],
    ['a gateway without a tunnel', (unit) => (unit.theirs = data({ vpn_connected: false, external_ip: null }))],
    ['bad data', (unit) => (unit.theirs = { config: '{"vxlan_id":"42"}' })],
    ['no data', (unit) => (unit.theirs = {})],
    ['a cluster that does not answer', (unit) => unit.kube.failures.set('*', 'kubernetes-unavailable')],
    ['an application that lost its trust', (unit) => unit.kube.failures.set('*', 'kubernetes-forbidden')],
  ];

  test.each(partial)('%s: the workload is not started', async (_what, spoil) => {
    for (const event of [ready, changed]) {
      const unit = new FakeUnit();
      unit.theirs = data();
      await run(unit, changed);
      unit.replacePod(closedPod());
      spoil(unit);
      expect(await run(unit, event)).not.toMatch(/^protected/);
      expect(unit.journal).toEqual([]);
      expect(unit.container.service).toBeUndefined();
    }
  });
});
