import { describe, expect, test } from '@jest/globals';
import type { CharmMetadata } from '@charm-ts/ops';
import { type CharmSeam, clientPods, ContractError, VpnGatewayProvider } from '@charm-ts/vpn-gateway';
import { FakeUnit } from '../fakes/fake-charm.js';
import { databag, gatewayData } from '../fakes/gateway-data.js';

const metadata = {
  name: 'gluetun-k8s',
  containers: {},
  provides: { 'vpn-gateway': { interface: 'vpn-gateway' } },
  requires: {},
  peers: {},
  options: {},
  actions: {},
  storage: {},
  resources: {},
} as const satisfies CharmMetadata;

/** A gateway with these clients' databags. */
const gateway = async (clients: readonly Record<string, string>[], leader = true) => {
  const written: Record<string, string>[] = clients.map(() => ({}));
  const { result: seam } = await new FakeUnit().hook({ kind: 'start' }, (charm) => Promise.resolve(charm));
  const charm: CharmSeam<typeof metadata> = {
    meta: metadata,
    framework: seam.framework,
    app: { name: 'gluetun', plannedUnits: () => Promise.resolve(1) },
    unit: { ...seam.unit, isLeader: () => Promise.resolve(leader) },
    model: {
      name: 'media',
      relations: () =>
        Promise.resolve(
          clients.map((theirs, index) => ({
            id: index,
            app: { name: `client-${index}` },
            data: ({ name }: { readonly name: string }) => ({
              read: () => Promise.resolve(name === 'gluetun' ? (written[index] ?? {}) : theirs),
              update: (changes: Readonly<Record<string, string | undefined>>) => {
                const differs = written[index]?.['config'] !== changes['config'];
                written[index] = { config: changes['config'] ?? '' };
                return Promise.resolve(differs);
              },
            }),
          })),
        ),
    },
  };
  return { provider: new VpnGatewayProvider(charm, 'vpn-gateway'), written };
};

describe('the provider', () => {
  test('publishes to every relation, and only what differs', async () => {
    const { provider, written } = await gateway([{}, {}]);
    expect(await provider.publish(gatewayData())).toBe(true);
    expect(written.map(({ config }) => JSON.parse(config ?? '') as unknown)).toEqual([gatewayData(), gatewayData()]);
    expect(await provider.publish(gatewayData())).toBe(false);
    expect(await provider.publish(gatewayData({ vpn_connected: false, external_ip: null }))).toBe(true);
  });

  test('only the leader publishes', async () => {
    const { provider, written } = await gateway([{}], false);
    expect(await provider.publish(gatewayData())).toBe(false);
    expect(written).toEqual([{}]);
  });

  test('C17: data that break the contract are a mistake of the charm, on every unit', async () => {
    const { provider } = await gateway([], false);
    await expect(provider.publish(gatewayData({ vxlan_port: 0 }))).rejects.toThrow(ContractError);
  });

  test('tells clients apart, and counts them whatever they wrote', async () => {
    const { provider } = await gateway([
      databag({ instance_name: 'sabnzbd', agent: 'vpn-gateway-1' }),
      databag({ instance_name: 'qbittorrent' }),
      {},
      { config: 'x' },
    ]);
    expect((await provider.clients()).map(({ app, data, legacy }) => `${app} ${data.kind} ${legacy}`)).toEqual([
      'client-0 ok false',
      'client-1 ok true',
      'client-2 empty false',
      'client-3 invalid false',
    ]);
    expect(await provider.clientCount()).toBe(4);
  });

  test.each<[string, readonly Record<string, string>[], ReturnType<typeof clientPods>]>([
    ['none', [], []],
    [
      'those of two models',
      [databag({ instance_name: 'sabnzbd', model: 'media' }), databag({ instance_name: 'prowlarr', model: 'shop' })],
      [
        { namespace: 'media', app: 'sabnzbd' },
        { namespace: 'shop', app: 'prowlarr' },
      ],
    ],
    [
      'one that has not begun',
      [databag({ instance_name: 'sabnzbd', model: 'media' }), {}],
      [{ namespace: 'media', app: 'sabnzbd' }],
    ],
    [
      'one that does not say its model',
      [databag({ instance_name: 'sabnzbd', model: 'media' }), databag({ instance_name: 'prowlarr' })],
      undefined,
    ],
    ['one that nobody understands', [{ config: 'x' }], undefined],
    ['one with a model that is none', [databag({ instance_name: 'sabnzbd', model: 'a b' })], undefined],
  ])('where the pods of its clients are: %s', async (_what, clients, pods) => {
    const { provider } = await gateway(clients);
    expect(clientPods(await provider.clients())).toEqual(pods);
  });
});
