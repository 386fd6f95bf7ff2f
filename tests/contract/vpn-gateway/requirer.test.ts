import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { encodeProviderData, type ProviderData } from '@charm-ts/vpn-gateway';
import {
  Cluster,
  Context,
  type EventChoice,
  type Outcome,
  type PodCaseName,
  podCaseNames,
  relation,
  type RelationState,
  type State,
  state,
} from '@charm-ts/testing';
import { gatewayData } from '../../unit/vpn-gateway/fakes/gateway-data.js';
import { ClientCharm } from './client-charm.js';

// The first hook that reaches Kubernetes loads its client, which takes seconds on a busy machine.
jest.setTimeout(30_000);

type Containers = Readonly<Record<'app', { readonly canConnect: boolean }>>;

const cluster = await Cluster.start();
afterAll(() => cluster.close());
const context = new Context(ClientCharm, { cluster });
const vpnWith = (changes: Partial<ProviderData> = {}): RelationState =>
  relation('vpn-gateway', { id: 7, remoteApp: 'gluetun', remoteAppData: encodeProviderData(gatewayData(changes)) });
const vpn = vpnWith();
const fresh = (changes: Partial<State<Containers>> = {}): State<Containers> =>
  state({ leader: true, relations: [vpn], containers: { app: { canConnect: true } }, ...changes });

const kinds = (out: Outcome<Containers>): string[] => out.kubernetes.writes.map(({ verb, kind }) => `${verb} ${kind}`);

/** The state after the pod has been replaced by one that the template describes. */
const replaced = (
  out: Outcome<Containers>,
  pod: PodCaseName,
  changes: Partial<State<Containers>> = {},
): State<Containers> => {
  const template = (
    out.kubernetes.get('StatefulSet', 'client')?.['spec'] as { template: { metadata: object; spec: object } }
  ).template;
  const others = out.state.kubernetes.objects.filter((object) => object['kind'] !== 'Pod');
  const own = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...template.metadata, name: 'client-0', namespace: 'media' },
    spec: template.spec,
  };
  return {
    ...out.state,
    pod,
    kubernetes: { objects: [...others, own] },
    containers: { app: { canConnect: true } },
    ...changes,
  };
};

const closing = (): Promise<Outcome<Containers>> => context.run((on) => on.relationChanged(vpn), fresh());
const ready: EventChoice = (on) => on.pebbleReady('app');

describe('a client charm on Juju, Pebble and Kubernetes', () => {
  test('closes the pod: policy, ConfigMap, StatefulSet; nothing runs', async () => {
    const out = await closing();
    expect(out.containers.app.services).toEqual({});
    expect(out.unitStatus).toEqual({ name: 'waiting', message: 'VPN: closing the pod (1 of 3)' });
    expect(out.kubernetes.writes.map(({ kind }) => kind)).toEqual(['NetworkPolicy', 'ConfigMap', 'StatefulSet']);
    expect(JSON.parse(out.relation(vpn).localAppData['config'] ?? '')).toMatchObject({ instance_name: 'client' });
    const spec = out.kubernetes.get('StatefulSet', 'client')?.['spec'] as {
      template: { spec: { containers: { name: string }[] } };
    };
    expect(spec.template.spec.containers.map(({ name }) => name)).toEqual(['charm', 'app', 'vpn-route-sidecar']);
  });

  test('starts in the verified pod, and an unchanged hook does not touch Kubernetes', async () => {
    const out = await context.run(ready, replaced(await closing(), 'protected'));
    expect(out.unitStatus).toEqual({ name: 'active', message: 'VPN on (185.213.154.66)' });
    expect(out.containers.app.services).toEqual({ app: 'active' });
    expect(out.containers.app.checks.map(({ name }) => name)).toEqual(['vpn-route']);
    expect(kinds(out)).toEqual([]);

    const again = await context.run((on) => on.updateStatus(), { ...out.state, pod: 'protected' });
    expect(again.unitStatus.name).toBe('active');
    expect(kinds(again)).toEqual([]);
  });

  test.each(podCaseNames.filter((name) => name !== 'protected' && name !== 'tunnel-down'))(
    'does not start in a pod that is %s',
    async (name) => {
      const out = await context.run(ready, replaced(await closing(), name));
      expect(out.containers.app.services).toEqual({});
      expect(out.unitStatus.name).toBe('waiting');
      expect(out.unitStatus.message).toMatch(/^VPN: verifying the path \(2 of 3\): /);
    },
  );

  test('waits for the tunnel when the path is good', async () => {
    const before = await closing();
    const down = vpnWith({ vpn_connected: false, external_ip: null });
    const out = await context.run(ready, replaced(before, 'tunnel-down', { relations: [down] }));
    expect(out.unitStatus).toEqual({ name: 'waiting', message: 'VPN: waiting for the tunnel (3 of 3)' });
    expect(out.containers.app.services).toEqual({});
  });

  test('keeps running when the tunnel is lost, stops when the path is', async () => {
    const running = await context.run(ready, replaced(await closing(), 'protected'));
    const down = vpnWith({ vpn_connected: false, external_ip: null });
    const lost = await context.run((on) => on.relationChanged(down), {
      ...running.state,
      pod: 'tunnel-down',
      relations: [down],
    });
    expect(lost.unitStatus).toEqual({ name: 'waiting', message: 'VPN lost: traffic is blocked' });
    expect(lost.containers.app.services).toEqual({ app: 'active' });

    const open = await context.run((on) => on.pebbleCheckFailed('app', 'vpn-route'), {
      ...lost.state,
      pod: 'eth0-default-returned',
    });
    expect(open.containers.app.services).toEqual({ app: 'inactive' });
  });

  test('keeps its protection when data become invalid', async () => {
    const running = await context.run(ready, replaced(await closing(), 'protected'));
    const bad = { ...vpn, remoteAppData: { config: '{"vxlan_id":"\\"; rm -rf /"}' } };
    const out = await context.run((on) => on.relationChanged(bad), {
      ...running.state,
      pod: 'protected',
      relations: [bad],
    });
    expect(out.unitStatus.name).toBe('blocked');
    expect(out.unitStatus.message).toContain('vxlan_id must be integer');
    expect(out.containers.app.services).toEqual({ app: 'active' });
    expect(kinds(out)).toEqual([]);
  });

  test('C16: without trust it says what to run', async () => {
    const out = await context.run((on) => on.relationChanged(vpn), fresh({ trust: false }));
    expect(out.unitStatus).toEqual({ name: 'blocked', message: 'run: juju trust client --scope=cluster' });
    expect(out.containers.app.services).toEqual({});
  });

  test('removal: workload, StatefulSet, then ConfigMap and policy from the new pod', async () => {
    const running = await context.run(ready, replaced(await closing(), 'protected'));
    const leaving = await context.run((on) => on.relationBroken(vpn), { ...running.state, pod: 'protected' });
    expect(leaving.containers.app.services).toEqual({ app: 'inactive' });
    expect(kinds(leaving)).toEqual(['apply StatefulSet']);
    expect(leaving.unitStatus).toEqual({
      name: 'blocked',
      message: 'integrate with a vpn-gateway (or set unsafe-mode=true)',
    });

    const gone = await context.run(
      (on) => on.upgradeCharm(),
      replaced(leaving, 'no-overlay', { relations: [], config: { 'unsafe-mode': true } }),
    );
    expect(kinds(gone)).toEqual(['delete ConfigMap', 'delete NetworkPolicy']);
    expect(gone.unitStatus).toEqual({ name: 'active', message: 'unsafe-mode: traffic does not use a VPN' });
    expect(gone.containers.app.services).toEqual({ app: 'active' });
  });
});
