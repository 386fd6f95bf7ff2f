import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { QbittorrentCharm } from '../../charms/qbittorrent-k8s/src/charm.js';
import { Deployment, gateway, mullvad } from './deployment.js';
import { MediaModel } from './media-model.js';
import { clusterForSuite, patience } from './suite.js';

const here = clusterForSuite();

describe('the life of one gateway', () => {
  // Every status of docs/reference/statuses.md, in the order in which one gateway comes to them. A chapter does something and waits; the tests are about
  // what the unit showed meanwhile.

  let deployment: Deployment;
  const shown = new Map<string, readonly string[]>();

  const chapter = async (name: string, act: () => unknown): Promise<void> => {
    const before = deployment.sandbox.journal.of('status', gateway).length;
    await act();
    await deployment.settle();
    const entries = deployment.sandbox.journal.of('status', gateway).slice(before);
    shown.set(
      name,
      entries.map(({ detail }) => detail),
    );
  };

  beforeAll(async () => {
    deployment = await Deployment.empty(here.cluster);
    const { sandbox } = deployment;
    const application = () => sandbox.model.application('gluetun');
    const pebble = () => sandbox.pod(gateway).container('gluetun');
    await chapter('deployed without trust', () => deployment.deployGluetun({ trust: false }));
    await chapter('trusted', () => {
      sandbox.trust('gluetun');
    });
    await chapter('secret not granted', () => {
      deployment.addSecret();
      deployment.setOptions();
    });
    sandbox.vpn(gateway, 'down');
    await chapter('granted, server away', () => {
      deployment.grantSecret();
      return deployment.updateStatus();
    });
    await chapter('server there', () => {
      sandbox.vpn(gateway, 'up');
    });
    await chapter('server lost', () => {
      sandbox.vpn(gateway, 'down');
    });
    await chapter('server back', () => {
      sandbox.vpn(gateway, 'up');
    });
    await chapter('another overlay', () => {
      sandbox.configure('gluetun', { 'vxlan-id': 100 });
    });
    await chapter('an option that is wrong', () => {
      sandbox.configure('gluetun', { 'wireguard-mtu': 9000 });
    });
    await chapter('ranges that contradict the cluster', () => {
      sandbox.configure('gluetun', { 'wireguard-mtu': undefined, 'cluster-cidrs': '10.1.0.0/16' });
    });
    sandbox.configure('gluetun', { 'cluster-cidrs': mullvad['cluster-cidrs'] });
    await deployment.settle();
    await chapter('Gluetun ends', async () => {
      pebble().exitService('gluetun', 1);
      sandbox.updateStatus(gateway);
      await sandbox.step();
    });
    await chapter('Pebble ends', async () => {
      await pebble().stop();
      sandbox.updateStatus(gateway);
      await sandbox.step();
    });
    await pebble().start();
    await chapter('no leader', () => {
      application().leader = undefined;
      sandbox.updateStatus(gateway);
    });
    await chapter('a leader beside it', () => {
      sandbox.scale('gluetun', 2);
      sandbox.model.setLeader('gluetun/1');
      sandbox.updateStatus(gateway);
    });
  }, patience);
  afterAll(() => deployment.close());

  test.each<[string, RegExp]>([
    [
      'deployed without trust',
      /^blocked: set vpn-provider and wireguard-private-key-secret.*; run: juju trust gluetun --scope=cluster$/,
    ],
    ['trusted', /^blocked: set vpn-provider and wireguard-private-key-secret$/],
    ['secret not granted', /^blocked: run: juju grant-secret secret:[0-9a-z]{20} gluetun$/],
    ['granted, server away', /^maintenance: closing the pod before the VPN starts: it is replaced once$/],
    ['granted, server away', /^waiting: connecting to mullvad; clients are blocked$/],
    [
      'granted, server away',
      /^waiting: no answer through the VPN yet: mullvad is not reached or refuses the key; clients are blocked$/,
    ],
    ['server there', /^active: VPN connected \(185\.213\.154\.66\), 0 clients$/],
    ['server lost', /^waiting: VPN lost at \d\d:\d\d UTC, reconnecting; clients are blocked$/],
    ['server back', /^active: VPN connected/],
    ['another overlay', /^maintenance: the overlay has changed: the pod is replaced$/],
    ['an option that is wrong', /^blocked: wireguard-mtu: must be 576 to 1500/],
    [
      'ranges that contradict the cluster',
      /^active: VPN connected \(.*\), 0 clients; cluster-cidrs leaves out services 10\.152\.183\.0\/24 of this cluster$/,
    ],
    ['Gluetun ends', /^blocked: gluetun ends right after its start: check the keys, .* and custom-overrides$/],
    ['Pebble ends', /^waiting: waiting for Pebble in container gluetun$/],
    ['no leader', /^waiting: waiting to become the leader$/],
    ['a leader beside it', /^blocked: one unit runs the VPN, run: juju scale-application gluetun 1$/],
  ])('%s: %s', (name, status) => {
    expect(shown.get(name)).toContainEqual(expect.stringMatching(status));
  });

  test('without a failed hook', () => {
    expect(deployment.sandbox.failures).toEqual([]);
  });
});

describe('a forwarded port', () => {
  // Two clients that want the one port of the provider, in one deployment that lives through the tests below.

  const holder = 'qbittorrent/0';
  const other = 'seedbox/0';
  let model: MediaModel;
  /** Longer than the check on Gluetun's findings needs. */
  const settle = (quiet = 6_000): Promise<void> => model.sandbox.settle({ quiet });

  beforeAll(async () => {
    model = await MediaModel.empty(here.cluster);
    const { sandbox } = model;
    model.addSecret();
    await model.deployGluetun();
    for (const app of ['qbittorrent', 'seedbox']) await sandbox.deploy(QbittorrentCharm, app, { trust: true });
    model.grantSecret();
    model.setOptions();
    sandbox.configure('gluetun', {
      'vpn-provider': 'protonvpn',
      'wireguard-addresses': undefined,
      'port-forwarding': true,
    });
    sandbox.integrate('gluetun', 'qbittorrent');
    await settle();
    sandbox.integrate('gluetun', 'seedbox');
    await settle();
  }, patience);
  afterAll(() => model.close());

  /** What the gateway tells one client of the port. */
  const told = (unit: string): readonly unknown[] => {
    const relation = model.sandbox.model.relationsOf(unit.split('/')[0] ?? '').find(({ isPeer }) => !isPeer);
    const data = JSON.parse(relation?.bag('gluetun').read()['config'] ?? '{}') as Record<string, unknown>;
    return [data['forwarded_port'], data['forwarded_port_reason']];
  };

  /** Values of one of our ConfigMaps, by the names in `keys`. */
  const settings = (name: string, ...keys: readonly string[]): readonly (string | undefined)[] => {
    const object = model.sandbox.cluster.list('ConfigMap').find(({ metadata }) => metadata.name === name);
    const text = String((object?.['data'] as Record<string, string> | undefined)?.['settings']);
    return keys.map((key) => new RegExp(`^${key}=(.*)$`, 'm').exec(text)?.[1]);
  };

  /** The port that qBittorrent listens on. */
  const listensOn = (unit: string): string | undefined => {
    const text = model.sandbox.pod(unit).container('qbittorrent').files.read('/config/qBittorrent/qBittorrent.conf');
    return /^Session\\Port=(\d+)$/m.exec(text ?? '')?.[1];
  };

  const expectPort = (port: string): void => {
    expect(told(holder)).toEqual([Number(port), undefined]);
    expect(settings('gluetun-gateway-settings', 'FORWARDED_PORT', 'FORWARDED_CLIENT')).toEqual([port, 'qbittorrent-0']);
    expect(settings('qbittorrent-gateway-client-config', 'FORWARDED_PORT')).toEqual([port]);
    expect(listensOn(holder)).toBe(port);
    expect(model.statuses()[gateway]).toContain(`2 clients, port ${port} for qbittorrent`);
  };

  test('the port goes all the way to the first client that asks', () => {
    expectPort('51413');
  });

  test('the second is told why it gets none, and runs without', () => {
    expect(told(other)).toEqual([undefined, 'the gateway has one port, and qbittorrent has it']);
    expect(settings('seedbox-gateway-client-config', 'FORWARDED_PORT')).not.toEqual(['51413']);
    expect(listensOn(other)).toBeUndefined();
    expect(model.statuses()[other]).toBe('active: VPN on (185.213.154.66)');
  });

  test('another port of the provider reaches the client without a restart of a pod', async () => {
    const { sandbox } = model;
    const pods = sandbox.journal.of('pod-replaced').length;
    sandbox.forwardedPort(gateway, 51_999);
    await settle();
    expectPort('51999');
    expect(sandbox.journal.of('pod-replaced')).toHaveLength(pods);
  });

  test.each([gateway, holder])(
    'it survives a new pod of %s',
    async (unit) => {
      model.sandbox.deletePod(unit);
      await settle();
      expectPort('51999');
    },
    patience,
  );

  test('who comes first keeps it while its tunnel is away, and the second gets it when the first goes', async () => {
    const { sandbox } = model;
    sandbox.vpn(gateway, 'down');
    await settle(15_000);
    expect(told(holder)).toEqual([undefined, expect.any(String)]);
    sandbox.vpn(gateway, 'up');
    await settle();
    expectPort('51999');
    sandbox.removeRelation('gluetun', 'qbittorrent');
    await settle();
    expect(told(other)).toEqual([51_999, undefined]);
    expect(listensOn(other)).toBe('51999');
  });

  test('107, 108, 109: overlay and ranges are in the settings of a client', async () => {
    const read = () => settings('seedbox-gateway-client-config', 'VXLAN_ID', 'CLUSTER_CIDRS');
    expect(read()).toEqual(['42', '10.1.0.0/16 10.152.183.0/24']);
    model.sandbox.configure('gluetun', {
      'vxlan-id': 100,
      'cluster-cidrs': '10.1.0.0/16,10.152.183.0/24,192.168.100.0/24',
    });
    await settle();
    expect(read()).toEqual(['100', '10.1.0.0/16 10.152.183.0/24 192.168.100.0/24']);
    expect(model.statuses()[other]).toBe('active: VPN on (185.213.154.66)');
  });

  test('without a failed hook', () => {
    expect(model.sandbox.failures).toEqual([]);
  });
});
