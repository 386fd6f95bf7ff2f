import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MediaModel, mediaApps, type MediaAppName, settingsFiles, writtenCredential } from './media-model.js';
import { leaks } from './no-leak.js';
import { clusterForSuite, patience } from './suite.js';

// One deployment lives through the story below; each chapter leaves what it saw, and the tests are about that.
const here = clusterForSuite();

interface Seen {
  readonly statuses: Readonly<Record<string, string>>;
  readonly services: Readonly<Record<string, string>>;
  readonly objects: Readonly<Record<string, readonly string[]>>;
  readonly podItems: Readonly<Record<string, readonly string[]>>;
  readonly settings: Readonly<Record<string, string>>;
  readonly published: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const unitOf = (app: MediaAppName): string => `${app}/0`;
const forEachApp = <T>(read: (app: MediaAppName) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(mediaApps.map((app) => [app, read(app)]));

let model: MediaModel;
const chapters = new Map<string, Seen>();
const seen = (chapter: string): Seen => {
  const found = chapters.get(chapter);
  if (found === undefined) throw new Error(`no chapter ${chapter}`);
  return found;
};
const end = async (chapter: string): Promise<void> => {
  await model.settle();
  chapters.set(chapter, {
    statuses: model.statuses(),
    services: forEachApp((app) => model.service(unitOf(app))),
    objects: forEachApp((app) => model.objectsOf(app)),
    podItems: forEachApp((app) => model.podItems(app)),
    settings: forEachApp((app) => model.clientSettings(app)),
    published: forEachApp((app) => model.published(app)),
  });
};

beforeAll(async () => {
  model = await MediaModel.deployed(here.cluster);
  const { sandbox } = model;
  await end('deployed');
  sandbox.vpn('gluetun/0', 'down');
  await model.settle();
  for (const app of mediaApps) model.integrate(app);
  await end('integrated without a tunnel');
  sandbox.vpn('gluetun/0', 'up');
  await end('connected');
  sandbox.vpn('gluetun/0', 'down');
  await end('tunnel lost');
  sandbox.vpn('gluetun/0', 'up');
  await model.settle();
  sandbox.removeRelation('gluetun', 'sabnzbd');
  await end('one relation less');
}, patience);
afterAll(() => model.close());

describe.each(mediaApps)('%s', (app) => {
  const objects = [`ConfigMap ${app}-gateway-client-config`, `NetworkPolicy ${app}-vpn-killswitch`];
  const inPod = ['vpn-route-init', 'vpn-route-sidecar'];

  test('without a relation is blocked, does not run and has made nothing', () => {
    const { statuses, services, objects: made } = seen('deployed');
    expect(statuses[unitOf(app)]).toBe('blocked: integrate with a vpn-gateway (or set unsafe-mode=true)');
    expect(services[app]).not.toBe('active');
    expect(made[app]).toEqual([]);
  });

  test('related to a gateway that is not connected waits behind its policy', () => {
    const { statuses, services, objects: made, podItems } = seen('integrated without a tunnel');
    expect(statuses[unitOf(app)]).toBe('waiting: VPN: waiting for the tunnel (3 of 3)');
    expect(services[app]).not.toBe('active');
    expect(made[app]).toEqual(objects);
    expect(podItems[app]).toEqual(inPod);
  });

  test('runs when the tunnel is up, behind policy, init container and sidecar', () => {
    const { statuses, services, objects: made, podItems } = seen('connected');
    expect(statuses[unitOf(app)]).toBe('active: VPN on (185.213.154.66)');
    expect(services[app]).toBe('active');
    expect(made[app]).toEqual(objects);
    expect(podItems[app]).toEqual(inPod);
  });

  test('runs on when the tunnel is lost, with its traffic blocked', () => {
    const { statuses, services, objects: made } = seen('tunnel lost');
    expect(statuses[unitOf(app)]).toBe('waiting: VPN lost: traffic is blocked');
    expect(services[app]).toBe('active');
    expect(made[app]).toEqual(objects);
  });

  test('tells the gateway who it is, and only qBittorrent asks for a port', () => {
    expect(seen('connected').published[app]).toMatchObject({ instance_name: app });
    expect(seen('connected').published[app]?.['forwarded_port']).toBe(app === 'qbittorrent' ? 'wanted' : undefined);
  });

  test('never ran unprotected', () => {
    expect(leaks(model.sandbox.journal.entries, unitOf(app))).toEqual([]);
  });

  test('has its page’s port open, the gateway’s data in its pod, and the cluster’s ranges outside the tunnel', () => {
    const port = app === 'prowlarr' ? 9696 : 8080;
    expect([...model.sandbox.model.unit(unitOf(app)).ports]).toEqual([`${port}/tcp`]);
    const settings = seen('connected').settings[app]?.split('\n');
    expect(settings).toEqual(
      expect.arrayContaining([
        'GATEWAY=gluetun-endpoints.media.svc.cluster.local',
        'VXLAN_ID=42',
        'VXLAN_PORT=4790',
        'VXLAN_NETWORK=172.16.0',
        'CLUSTER_CIDRS=10.1.0.0/16 10.152.183.0/24',
        'CLUSTER_DNS=10.152.183.10',
        `WEB_PORTS=${port}`,
      ]),
    );
  });

  test('has its credentials in a secret of its own and in its settings file, and nowhere else', () => {
    const content = model.credentials(app);
    const text = model.file(unitOf(app), settingsFiles[app]) ?? '';
    expect(content[writtenCredential[app]]).toBeDefined();
    expect(text).toContain(content[writtenCredential[app]]);
    const { journal, logs, cluster } = model.sandbox;
    const elsewhere = JSON.stringify([journal.entries, logs, cluster.list()]);
    for (const value of Object.values(content).filter((each) => each.length > 8))
      expect(elsewhere).not.toContain(value);
  });
});

test('qBittorrent with the media storage saves there', () => {
  const text = model.file('qbittorrent/0', settingsFiles.qbittorrent) ?? '';
  expect(text).toContain('Session\\DefaultSavePath=/media/torrents\n');
  const { claims } = model.sandbox.pod('qbittorrent/0').template;
  expect(Object.keys(claims['qbittorrent'] ?? {})).toEqual(['/config', '/media']);
});

test('each shows the version of its image', () => {
  const versions = ['gluetun/0', ...mediaApps.map(unitOf)].map(
    (unit) => model.sandbox.model.unit(unit).workloadVersion,
  );
  expect(versions).toEqual([expect.stringMatching(/^v3\.4\d/), '4.5.5', '5.1.4', '2.3.5.5327']);
});

test('a relation that goes takes one client down and leaves the others alone', () => {
  const { statuses, services, objects, podItems } = seen('one relation less');
  expect(statuses).toMatchObject({
    'gluetun/0': expect.stringMatching(/^active: .*2 clients/),
    'sabnzbd/0': 'blocked: integrate with a vpn-gateway (or set unsafe-mode=true)',
    'qbittorrent/0': 'active: VPN on (185.213.154.66)',
    'prowlarr/0': 'active: VPN on (185.213.154.66)',
  });
  expect(services).toEqual({
    sabnzbd: expect.not.stringMatching('^active'),
    qbittorrent: 'active',
    prowlarr: 'active',
  });
  expect(objects['sabnzbd']).toEqual([]);
  expect(podItems['sabnzbd']).toEqual([]);
  for (const unit of ['qbittorrent/0', 'prowlarr/0']) {
    expect(model.sandbox.journal.of('pod-replaced', unit)).toHaveLength(1);
  }
});

describe('verify-vpn', () => {
  test('proves each layer to the operator', async () => {
    const { status, results } = await model.sandbox.run('prowlarr/0', 'verify-vpn');
    expect({ status, results }).toMatchObject({
      status: 'completed',
      results: {
        'default-route': 'overlay (vxlan0), pass',
        ipv6: 'closed, pass',
        policy: 'prowlarr-vpn-killswitch, pass',
        'exit-address': "185.213.154.66 = gateway's, pass",
      },
    });
  });

  test.each<[string, { readonly seenAs?: string }, string]>([
    ['another exit address', { seenAs: '203.0.113.7' }, "exit-address: 203.0.113.7: the gateway's is 185.213.154.66"],
    ['a world that does not answer', {}, 'exit-address: unknown: GET https://ipinfo.io/ip: '],
  ])('fails at %s', async (_what, change, expected) => {
    const pod = model.sandbox.pod('qbittorrent/0');
    pod.force({ ...pod.network, ...change });
    const { status, message } = await model.sandbox.run('qbittorrent/0', 'verify-vpn');
    pod.force(undefined);
    expect(status).toBe('failed');
    expect(message).toContain(expected);
  });

  test('fails when there is a doubt', async () => {
    const { status, message } = await model.sandbox.run('sabnzbd/0', 'verify-vpn');
    expect(status).toBe('failed');
    expect(message).toContain('there is no such policy for this application');
  });
});

test('without a failed hook', () => {
  expect(model.sandbox.failures).toEqual([]);
});
