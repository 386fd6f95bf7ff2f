import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RealClock } from '@charm-ts/testing';
import { MediaModel, mediaApps } from '../../integration/media-model.js';
import { leaks } from '../../integration/no-leak.js';
import { clusterForSuite } from '../../integration/suite.js';
import { packed, pythonGateway } from './python-charm.js';
import { releases } from './python-peer.js';
import { configMapOf, settingsIn } from './stored-objects.js';
import { longPatience, within } from './waiting.js';

const here = clusterForSuite();
const common = { cluster_cidrs: '10.152.183.0/24,10.1.0.0/16' };
const connected = { ...common, vpn_connected: true, external_ip: '185.213.154.66' };
const units = mediaApps.map((app) => `${app}/0`);

describe.each(releases)('our three clients behind one gateway of charmarr-lib-vpn %s', (release) => {
  let model: MediaModel;
  const until = async (unit: string, status: RegExp): Promise<void> => {
    const reached = (): boolean => model.sandbox.due.length === 0 && status.test(model.statuses()[unit] ?? '');
    await model.sandbox.waitFor(reached, `${unit} ${status.source}`, { within });
  };

  beforeAll(async () => {
    model = await MediaModel.empty(here.cluster, { clock: new RealClock() });
    await model.sandbox.deploy(packed(pythonGateway, release), 'gluetun', { trust: true });
    for (const app of mediaApps) await model.deploy(app);
    await model.settle();
    for (const app of mediaApps) model.integrate(app);
    for (const unit of units) await until(unit, /^waiting: VPN: verifying the path \(2 of 3\)/);
  }, longPatience);
  afterAll(async () => {
    const { failures, journal } = model.sandbox;
    await model.close();
    expect(failures).toEqual([]);
    for (const unit of units) expect(leaks(journal.entries, unit)).toEqual([]);
  });

  test.each(mediaApps)('%s closes its pod with the settings of the other gateway, and does not run yet', (app) => {
    expect(model.service(`${app}/0`)).not.toBe('active');
    const theirs = settingsIn(configMapOf(here.cluster, 'gluetun-gateway-settings'), 'settings.sh');
    expect(settingsIn(configMapOf(here.cluster, `${app}-gateway-client-config`), 'settings')).toMatchObject({
      GATEWAY: 'gluetun-endpoints.media.svc.cluster.local',
      VXLAN_ID: theirs['VXLAN_ID'],
      VXLAN_NETWORK: theirs['VXLAN_IP_NETWORK'],
      // Port 0 of the image's scripts is the kernel's 8472.
      VXLAN_PORT: theirs['VXLAN_PORT'] ?? '8472',
      CLUSTER_CIDRS: '10.1.0.0/16 10.152.183.0/24',
    });
  });

  test(
    'all run once the path is verified and the other gateway says that it is connected, which counts them',
    async () => {
      model.sandbox.configure('gluetun', { fields: JSON.stringify(connected) });
      for (const unit of units) model.sandbox.pod(unit).force('protected');
      for (const unit of units) await until(unit, /^active: VPN on \(185\.213\.154\.66\)$/);
      expect(mediaApps.map((app) => model.service(`${app}/0`))).toEqual(['active', 'active', 'active']);
      await until('gluetun/0', /^active: 3 clients$/);
    },
    longPatience,
  );

  test('the port that qBittorrent asks for is none of that gateway’s business: it says nothing, and nothing is set', () => {
    expect(model.published('qbittorrent')).toMatchObject({ instance_name: 'qbittorrent', forwarded_port: 'wanted' });
    const text = model.file('qbittorrent/0', '/config/qBittorrent/qBittorrent.conf') ?? '';
    expect(text).toContain('Session\\Interface=vxlan0\n');
    expect(text).not.toContain('Session\\Port');
  });

  test(
    'a relation that goes takes one client down and leaves the others alone',
    async () => {
      model.sandbox.removeRelation('gluetun', 'prowlarr');
      await until('prowlarr/0', /^blocked: integrate with a vpn-gateway/);
      // That gateway does not look when a relation goes.
      model.sandbox.updateStatus('gluetun/0');
      // That gateway does not count when a relation breaks.
      model.sandbox.updateStatus('gluetun/0');
      await until('gluetun/0', /^active: 2 clients$/);
      expect(mediaApps.map((app) => model.service(`${app}/0`) === 'active')).toEqual([true, true, false]);
    },
    longPatience,
  );
});
