import { describe, expect, test } from '@jest/globals';
import type { HookEvent } from '@charm-ts/ops';
import { encodeProviderData, type ProviderData, VpnGatewayRequirer } from '@charm-ts/vpn-gateway';
import { closedPod, FakeUnit, openPod } from '../fakes/fake-charm.js';
import { gatewayData } from '../fakes/gateway-data.js';
import { closedIpv6, ipv4Table, overlayRoutes, route, route6 } from '../fakes/route-tables.js';

const changed: HookEvent = { kind: 'relation-changed', endpoint: 'vpn-gateway', relationId: 3, remoteApp: 'gluetun' };
const broken: HookEvent = { kind: 'relation-broken', endpoint: 'vpn-gateway', relationId: 3, remoteApp: 'gluetun' };
const ready: HookEvent = { kind: 'pebble-ready', container: 'sabnzbd' };
const start: HookEvent = { kind: 'start' };
const checkFailed: HookEvent = { kind: 'pebble-check-failed', container: 'sabnzbd', check: 'vpn-route' };
const secretChanged: HookEvent = { kind: 'secret-changed', secretId: 'x' };

const data = (changes: Partial<ProviderData> = {}): Record<string, string> => encodeProviderData(gatewayData(changes));

/** One hook with the charm of the documentation; gives `<state> <status>: <message>`. */
const run = async (unit: FakeUnit, event: HookEvent, unsafe = false): Promise<string> => {
  const { result, status } = await unit.hook(event, (charm) =>
    new VpnGatewayRequirer(charm, 'vpn-gateway').reconcile({
      unsafe,
      start: () => {
        unit.journal.push(`start after ${unit.kube.reads} reads`);
        unit.container.service = 'active';
        return Promise.resolve();
      },
      stop: () => {
        if (unit.container.service === 'active') unit.journal.push(`stop after ${unit.kube.writes.length} writes`);
        return unit.container.stop();
      },
    }),
  );
  return `${result.state} ${status?.name ?? ''}: ${status?.message ?? ''}`;
};

/** A unit that has been through protection and runs. */
const protectedUnit = async (): Promise<FakeUnit> => {
  const unit = new FakeUnit();
  unit.theirs = data();
  await run(unit, changed);
  unit.replacePod(closedPod());
  expect(await run(unit, ready)).toBe('protected active: VPN on (185.213.154.66)');
  expect(unit.container.service).toBe('active');
  unit.journal.length = 0;
  unit.kube.writes.length = 0;
  unit.kube.reads = 0;
  return unit;
};

describe('closing the pod', () => {
  test('without a relation nothing runs and Kubernetes is not asked', async () => {
    const unit = new FakeUnit();
    expect(await run(unit, start)).toBe('no-relation blocked: integrate with a vpn-gateway (or set unsafe-mode=true)');
    expect(unit.kube.reads).toBe(0);
    expect(unit.journal).toEqual([]);
  });

  test('publishes its name and waits for data', async () => {
    const unit = new FakeUnit();
    unit.theirs = {};
    expect(await run(unit, changed)).toBe('no-data waiting: VPN: waiting for data of the gateway');
    expect(JSON.parse(unit.ours['config'] ?? '')).toEqual({ instance_name: 'sabnzbd', agent: 'vpn-gateway-1' });
    expect(unit.kube.writes).toEqual([]);
  });

  test('data arrive: policy, ConfigMap, StatefulSet, in this order', async () => {
    const unit = new FakeUnit();
    unit.theirs = data();
    expect(await run(unit, changed)).toBe('protecting waiting: VPN: closing the pod (1 of 3)');
    expect(unit.kube.writes).toEqual([
      'apply NetworkPolicy sabnzbd-vpn-killswitch',
      'apply ConfigMap sabnzbd-gateway-client-config',
      'apply StatefulSet sabnzbd',
    ]);
    expect(unit.journal).toEqual([]);
  });

  test('the new pod is verified before the workload starts, in the same hook when the verdict turns good', async () => {
    const unit = new FakeUnit();
    unit.theirs = data();
    await run(unit, changed);
    unit.replacePod({ ...closedPod(), verdict: { status: 503, body: 'overlay: no answer\n' } });
    let sleeps = 0;
    unit.onSleep = () => {
      sleeps += 1;
      if (sleeps === 3) unit.pod = closedPod();
    };
    expect(await run(unit, ready)).toBe('protected active: VPN on (185.213.154.66)');
    expect(unit.journal).toHaveLength(1);
  });

  test('leaves the wait as soon as Pebble has seen the bad verdict, because an event is certain then', async () => {
    const unit = new FakeUnit();
    unit.theirs = data();
    await run(unit, changed);
    unit.replacePod({ ...closedPod(), verdict: { status: 503, body: 'overlay: no answer\n' } });
    let sleeps = 0;
    unit.onSleep = () => {
      sleeps += 1;
      if (sleeps === 2) unit.container.checkStatus = 'down';
    };
    expect(await run(unit, ready)).toBe('unverified waiting: VPN: verifying the path (2 of 3): overlay: no answer');
    expect(sleeps).toBe(2);
    expect(unit.journal).toEqual([]);
  });

  test('waits 12 seconds at most', async () => {
    const unit = new FakeUnit();
    unit.theirs = data();
    await run(unit, changed);
    unit.replacePod({ ...closedPod(), verdict: undefined });
    let sleeps = 0;
    unit.onSleep = () => {
      sleeps += 1;
    };
    await run(unit, ready);
    expect(sleeps).toBe(24);
  });

  test('a tunnel that is not up yet is step 3 of 3', async () => {
    const unit = new FakeUnit();
    unit.theirs = data({ vpn_connected: false, external_ip: null });
    await run(unit, changed);
    unit.replacePod(closedPod());
    expect(await run(unit, ready)).toBe('disconnected waiting: VPN: waiting for the tunnel (3 of 3)');
    expect(unit.journal).toEqual([]);
    unit.theirs = data();
    expect(await run(unit, changed)).toBe('protected active: VPN on (185.213.154.66)');
  });

  test('a workload that ran unsafe is stopped before the first write', async () => {
    const unit = new FakeUnit();
    await run(unit, start, true);
    expect(unit.container.service).toBe('active');
    unit.theirs = data();
    expect(await run(unit, changed, true)).toBe('protecting waiting: VPN: closing the pod (1 of 3)');
    expect(unit.journal.at(-1)).toBe('stop after 0 writes');
    expect(unit.container.service).toBe('inactive');
  });

  test('a relation without data already closes the gate of a workload that ran unsafe', async () => {
    const unit = new FakeUnit();
    await run(unit, start, true);
    unit.theirs = {};
    await run(unit, changed, true);
    expect(unit.container.service).toBe('inactive');
  });

  test('is not started while Pebble is not there, and starts when it is', async () => {
    const unit = new FakeUnit();
    unit.theirs = data();
    await run(unit, changed);
    unit.replacePod(closedPod());
    unit.container.reachable = false;
    expect(await run(unit, start)).toBe('protected waiting: waiting for the container sabnzbd');
    expect(unit.journal).toEqual([]);
    unit.container.reachable = true;
    expect(await run(unit, ready)).toBe('protected active: VPN on (185.213.154.66)');
  });
});

describe('a pod that is only partly closed', () => {
  const partial: readonly (readonly [string, (unit: FakeUnit) => void])[] = [
    ['no overlay', (unit) => (unit.pod.ipv4 = ipv4Table(route('eth0', '10.1.0.0/16')))],
    ['an overlay without an answer', (unit) => (unit.pod.verdict = { status: 503, body: 'overlay: no answer\n' })],
    [
      'a second default route of IPv6',
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

describe('a protected workload', () => {
  test('an unchanged hook does not touch Kubernetes', async () => {
    const unit = await protectedUnit();
    expect(await run(unit, secretChanged)).toBe('protected active: VPN on (185.213.154.66)');
    expect(unit.kube.reads).toBe(0);
    expect(unit.kube.writes).toEqual([]);
  });

  test.each<HookEvent>([start, { kind: 'upgrade-charm' }, { kind: 'update-status' }, changed])(
    '$kind writes nothing when nothing differs',
    async (event) => {
      const unit = await protectedUnit();
      await run(unit, event);
      expect(unit.kube.writes).toEqual([]);
    },
  );

  test('a container that comes back is started only after Kubernetes has been read', async () => {
    const unit = await protectedUnit();
    unit.container.service = undefined;
    unit.container.layers = [];
    await run(unit, ready);
    expect(unit.journal).toEqual([expect.stringMatching(/^start after [1-9]/)]);
    expect(unit.container.layers).toHaveLength(1);
  });

  test('keeps running when the tunnel is lost', async () => {
    const unit = await protectedUnit();
    unit.theirs = data({ vpn_connected: false, external_ip: null });
    expect(await run(unit, changed)).toBe('disconnected waiting: VPN lost: traffic is blocked');
    expect(unit.container.service).toBe('active');
  });

  test.each([
    ['missing', {}, 'no-data waiting: VPN: waiting for data of the gateway'],
    [
      'bad',
      { config: '{"instance_name":"$(id)"}' },
      /^invalid-data blocked: VPN: the gateway sent bad data: .*instance_name/,
    ],
    ['no JSON', { config: 'x' }, 'invalid-data blocked: VPN: the gateway sent bad data: config is not JSON'],
  ])('keeps running, and keeps its protection, when data are %s', async (_what, theirs, expected) => {
    const unit = await protectedUnit();
    unit.theirs = theirs;
    expect(await run(unit, { kind: 'update-status' })).toEqual(expect.stringMatching(expected));
    expect(unit.container.service).toBe('active');
    expect(unit.kube.writes).toEqual([]);
  });

  test('is stopped in the very hook in which verification fails, and starts again in the hook in which it holds', async () => {
    const unit = await protectedUnit();
    unit.pod = { ...closedPod(), verdict: { status: 503, body: 'gateway: no answer\n' } };
    unit.container.checkStatus = 'down';
    expect(await run(unit, checkFailed)).toBe(
      'unverified waiting: VPN: path not verified, workload stopped: gateway: no answer',
    );
    expect(unit.container.service).toBe('inactive');
    unit.pod = closedPod();
    expect(await run(unit, { kind: 'pebble-check-recovered', container: 'sabnzbd', check: 'vpn-route' })).toBe(
      'protected active: VPN on (185.213.154.66)',
    );
    expect(unit.container.service).toBe('active');
  });

  test('is stopped even when Kubernetes does not answer', async () => {
    const unit = await protectedUnit();
    unit.pod = openPod();
    unit.kube.failures.set('*', 'kubernetes-unavailable');
    expect(await run(unit, checkFailed)).toBe('protecting waiting: Kubernetes does not answer, will try again');
    expect(unit.container.service).toBe('inactive');
  });

  test('keeps running when the API server is away, because the path is verified from inside', async () => {
    const unit = await protectedUnit();
    unit.kube.failures.set('*', 'kubernetes-unavailable');
    expect(await run(unit, { kind: 'update-status' })).toBe(
      'protecting waiting: Kubernetes does not answer, will try again',
    );
    expect(unit.container.service).toBe('active');
  });

  test('a policy that was deleted comes back at the next look', async () => {
    const unit = await protectedUnit();
    await unit.kube.delete({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      name: 'sabnzbd-vpn-killswitch',
    });
    unit.kube.writes.length = 0;
    await run(unit, { kind: 'update-status' });
    expect(unit.kube.writes).toEqual(['apply NetworkPolicy sabnzbd-vpn-killswitch']);
  });

  test('a missing policy is repaired, given a moment and read back before the workload starts', async () => {
    const unit = await protectedUnit();
    unit.container.service = undefined;
    const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', name: 'sabnzbd-vpn-killswitch' };
    await unit.kube.delete(policy);
    unit.onSleep = () => unit.journal.push('wait');
    expect(await run(unit, ready)).toBe('protected active: VPN on (185.213.154.66)');
    expect(unit.journal).toEqual(['wait', expect.stringMatching(/^start/)]);

    unit.container.service = undefined;
    await unit.kube.delete(policy);
    unit.journal.length = 0;
    unit.onSleep = () => void unit.kube.delete(policy);
    expect(await run(unit, ready)).toBe('protecting waiting: VPN: closing the pod (1 of 3)');
    expect(unit.journal).toEqual([]);
  });

  test('another overlay replaces the pod; the workload of the old one goes on until then', async () => {
    const unit = await protectedUnit();
    unit.theirs = data({ vxlan_id: 43 });
    expect(await run(unit, changed)).toBe('protecting waiting: VPN: closing the pod (1 of 3)');
    expect(unit.kube.writes).toContain('apply StatefulSet sabnzbd');
    expect(unit.container.service).toBe('active');
  });

  test('another address of the gateway changes nothing in Kubernetes', async () => {
    const unit = await protectedUnit();
    unit.theirs = data({ external_ip: '185.213.154.99' });
    expect(await run(unit, changed)).toBe('protected active: VPN on (185.213.154.99)');
    expect(unit.kube.writes).toEqual([]);
  });

  test('unsafe-mode does not open the gate while a gateway is related', async () => {
    const unit = await protectedUnit();
    unit.pod = openPod();
    await run(unit, { kind: 'config-changed' }, true);
    expect(unit.container.service).toBe('inactive');
    expect(unit.kube.object('NetworkPolicy', 'sabnzbd-vpn-killswitch')).toBeDefined();
  });
});

describe('units that do not lead', () => {
  test('verify themselves and write nothing', async () => {
    const unit = await protectedUnit();
    unit.leader = false;
    unit.state.clear();
    unit.container.service = undefined;
    expect(await run(unit, ready)).toBe('protected active: VPN on (185.213.154.66)');
    expect(unit.kube.writes).toEqual([]);
    unit.ours = {};
    await run(unit, changed);
    expect(unit.ours).toEqual({});
  });

  test('do not start without the policy, which only the leader may repair', async () => {
    const unit = await protectedUnit();
    unit.leader = false;
    unit.state.clear();
    unit.container.service = undefined;
    await unit.kube.delete({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      name: 'sabnzbd-vpn-killswitch',
    });
    expect(await run(unit, ready)).toBe('protecting waiting: VPN: closing the pod (1 of 3)');
    expect(unit.container.service).toBeUndefined();
  });

  test('wait while the leader has not closed the pods', async () => {
    const unit = new FakeUnit();
    unit.leader = false;
    unit.theirs = data();
    expect(await run(unit, changed)).toBe('protecting waiting: VPN: closing the pod (1 of 3)');
    expect(unit.kube.writes).toEqual([]);
  });
});

describe('the relation is removed', () => {
  test('workload first, then the StatefulSet; ConfigMap and policy when the pod has been replaced', async () => {
    const unit = await protectedUnit();
    unit.theirs = undefined;
    expect(await run(unit, broken)).toBe('no-relation blocked: integrate with a vpn-gateway (or set unsafe-mode=true)');
    expect(unit.journal).toEqual(['stop after 0 writes']);
    expect(unit.kube.writes).toEqual(['apply StatefulSet sabnzbd']);

    await run(unit, { kind: 'update-status' });
    expect(unit.kube.writes).toEqual(['apply StatefulSet sabnzbd']);

    unit.replacePod(openPod());
    await run(unit, { kind: 'upgrade-charm' });
    expect(unit.kube.writes.slice(1)).toEqual([
      'delete ConfigMap sabnzbd-gateway-client-config',
      'delete NetworkPolicy sabnzbd-vpn-killswitch',
    ]);
    unit.kube.reads = 0;
    await run(unit, start);
    expect(unit.kube.reads).toBe(0);
  });

  test('the workload stops before the policy goes, also when somebody else has opened the pod', async () => {
    const unit = await protectedUnit();
    unit.theirs = undefined;
    await unit.kube.apply(
      { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'sabnzbd' } },
      { fieldManager: 'sabnzbd-vpn' },
    );
    unit.kube.replacePod('sabnzbd');
    unit.kube.writes.length = 0;
    await run(unit, broken, true);
    expect(unit.journal[0]).toBe('stop after 0 writes');
    expect(unit.kube.writes).toEqual([
      'delete ConfigMap sabnzbd-gateway-client-config',
      'delete NetworkPolicy sabnzbd-vpn-killswitch',
    ]);
  });

  test('with unsafe-mode it runs again only when nothing is left', async () => {
    const unit = await protectedUnit();
    unit.theirs = undefined;
    expect(await run(unit, broken, true)).toBe('no-relation waiting: VPN: opening the pod');
    expect(unit.container.service).toBe('inactive');
    unit.replacePod(openPod());
    expect(await run(unit, { kind: 'upgrade-charm' }, true)).toBe(
      'no-relation active: unsafe-mode: traffic does not use a VPN',
    );
    expect(unit.kube.object('NetworkPolicy', 'sabnzbd-vpn-killswitch')).toBeUndefined();
    expect(unit.container.service).toBe('active');
  });

  test('a take-down that fails half way is taken up again', async () => {
    const unit = await protectedUnit();
    unit.theirs = undefined;
    await run(unit, broken, true);
    unit.replacePod(openPod());
    unit.kube.failures.set('delete NetworkPolicy', 'kubernetes-unavailable');
    expect(await run(unit, { kind: 'upgrade-charm' }, true)).toBe(
      'no-relation waiting: Kubernetes does not answer, will try again',
    );
    expect(unit.container.service).not.toBe('active');
    unit.kube.failures.clear();
    expect(await run(unit, start, true)).toBe('no-relation active: unsafe-mode: traffic does not use a VPN');
  });

  test('an application that was never related needs no rights', async () => {
    const unit = new FakeUnit();
    unit.kube.failures.set('*', 'kubernetes-forbidden');
    expect(await run(unit, { kind: 'upgrade-charm' }, true)).toBe(
      'no-relation active: unsafe-mode: traffic does not use a VPN',
    );
  });
});

describe('the application is removed', () => {
  const remove = (unit: FakeUnit) =>
    unit.hook({ kind: 'remove' }, (charm) => Promise.resolve(new VpnGatewayRequirer(charm, 'vpn-gateway')));

  test('the last unit leaves nothing behind, the policy goes last', async () => {
    const unit = await protectedUnit();
    unit.planned = 0;
    await remove(unit);
    expect(unit.container.service).toBe('inactive');
    expect(unit.kube.writes).toEqual([
      'apply StatefulSet sabnzbd',
      'delete ConfigMap sabnzbd-gateway-client-config',
      'delete NetworkPolicy sabnzbd-vpn-killswitch',
    ]);
  });

  test('a unit that goes alone touches nothing', async () => {
    const unit = await protectedUnit();
    await remove(unit);
    expect(unit.kube.writes).toEqual([]);
  });

  test('the policy stays while another unit’s pod is there', async () => {
    const unit = await protectedUnit();
    unit.planned = 0;
    unit.kube.replacePod('sabnzbd', 1);
    await remove(unit);
    expect(unit.kube.writes).toEqual([]);
  });
});

describe('evidence', () => {
  test('names every layer', async () => {
    const unit = await protectedUnit();
    const { result } = await unit.hook(secretChanged, (charm) => new VpnGatewayRequirer(charm, 'vpn-gateway').prove());
    expect(result.map(({ name, passed }) => `${name} ${passed ? 'pass' : 'fail'}`)).toEqual([
      'default-route: overlay (vxlan0) pass',
      'ipv6: closed pass',
      'dns: through the tunnel pass',
      'policy: sabnzbd-vpn-killswitch pass',
    ]);
  });

  test('says what is wrong', async () => {
    const unit = new FakeUnit();
    const { result } = await unit.hook(secretChanged, (charm) => new VpnGatewayRequirer(charm, 'vpn-gateway').prove());
    expect(result.filter(({ passed }) => !passed).map(({ detail }) => detail)).toEqual([
      'route: 0.0.0.0/0 leaves by eth0',
      'sidecar: no answer',
      'there is no such policy for this application',
    ]);
  });
});
