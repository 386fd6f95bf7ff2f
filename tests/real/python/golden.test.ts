import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeProviderData, encodeRequirerData, readProviderData, readRequirerData } from '@charm-ts/vpn-gateway';
import { gatewayData } from '../../unit/vpn-gateway/fakes/gateway-data.js';
import { PythonPeer, releases } from './python-peer.js';

/** The fields that both know. `vxlan_port` came with 0.6. */
const common = {
  gateway_dns_name: 'gluetun-endpoints.media.svc.cluster.local',
  cluster_cidrs: '10.1.0.0/16,10.152.183.0/24',
  cluster_dns_ip: '10.152.183.10',
  vpn_connected: true,
  external_ip: '185.213.154.66',
  instance_name: 'gluetun',
};

/** The bytes that the library writes for them, down to the order of the fields. */
const golden = {
  '0.6.4':
    '{"routing_method":"pod-gateway","gateway_dns_name":"gluetun-endpoints.media.svc.cluster.local","vxlan_id":42,"vxlan_ip_network":"172.16.0","vxlan_port":4790,"cluster_cidrs":"10.1.0.0/16,10.152.183.0/24","cluster_dns_ip":"10.152.183.10","vpn_connected":true,"external_ip":"185.213.154.66","instance_name":"gluetun"}',
  '0.5.0':
    '{"routing_method":"pod-gateway","gateway_dns_name":"gluetun-endpoints.media.svc.cluster.local","vxlan_id":42,"vxlan_ip_network":"172.16.0","cluster_cidrs":"10.1.0.0/16,10.152.183.0/24","cluster_dns_ip":"10.152.183.10","vpn_connected":true,"external_ip":"185.213.154.66","instance_name":"gluetun"}',
};

describe.each(releases)('charmarr-lib-vpn %s', (release) => {
  let python: PythonPeer;
  beforeAll(() => {
    python = PythonPeer.start(release);
  });
  afterAll(() => python.close());

  test('is the release that it should be', async () => {
    expect(await python.call('versions')).toMatchObject({ library: release });
  });

  test('its provider writes the golden string to every relation, and our requirer reads it', async () => {
    const written = await python.provider({ fields: common, remotes: [{}, {}] });
    const databag = { config: golden[release] };
    expect(written).toEqual({ databags: [databag, databag], clients: [] });
    const vxlan_port = release === '0.5.0' ? 8472 : 4790;
    expect(readProviderData(databag)).toEqual({ kind: 'ok', data: gatewayData({ vxlan_port }) });
  });

  test('ours writes the same bytes and then its additions', () => {
    const { config = '' } = encodeProviderData(gatewayData());
    expect(config).toBe(golden['0.6.4']);
    const more = encodeProviderData(gatewayData({ mtu: 1320, cluster_domain: 'cluster.local' })).config ?? '';
    expect(more).toBe(`${golden['0.6.4'].slice(0, -1)},"cluster_domain":"cluster.local","mtu":1320}`);
  });

  test('its requirer reads what ours writes, additions or not, and calls it ready', async () => {
    for (const additions of [{}, { mtu: 1320, cluster_domain: 'cluster.local' }]) {
      const answer = await python.requirer({ remote: encodeProviderData(gatewayData(additions)) });
      const { vxlan_port, ...known } = gatewayData();
      expect(answer).toEqual({
        gateway: release === '0.5.0' ? known : { ...known, vxlan_port },
        ready: true,
        changes: 1,
        status: 'active: ',
        databag: { config: '{"instance_name":"sabnzbd"}' },
      });
    }
  });

  test('a tunnel that is down is data, and not ready', async () => {
    const remote = encodeProviderData(gatewayData({ vpn_connected: false, external_ip: null }));
    const answer = await python.requirer({ remote });
    expect(answer.gateway).toMatchObject({ vpn_connected: false, external_ip: null });
    expect(answer.status).toBe('waiting: not connected');
  });

  test('requirers: its string is ours without the addition, and each side reads the other', async () => {
    const { databag } = await python.requirer({ remote: {} });
    expect(databag).toEqual(encodeRequirerData({ instance_name: 'sabnzbd' }));
    expect(readRequirerData(databag)).toEqual({ kind: 'ok', data: { instance_name: 'sabnzbd' } });
    const ours = encodeRequirerData({ instance_name: 'qbittorrent', agent: 'vpn-gateway-1', model: 'media' });
    const counted = await python.provider({ fields: common, remotes: [databag, ours, {}] });
    expect(counted).toMatchObject({ clients: ['sabnzbd', 'qbittorrent'] });
  });

  test('a unit that does not lead writes nothing, on either side', async () => {
    const written = await python.provider({ fields: common, leader: false });
    expect(written).toEqual({ databags: [{}], clients: [] });
    const { databag, ready } = await python.requirer({ remote: { config: golden[release] }, leader: false });
    expect({ databag, ready }).toEqual({ databag: {}, ready: true });
  });

  test('an empty databag and one that is not JSON are no data for either', async () => {
    for (const remote of [{}, { config: '' }, { config: '[]' }, { config: '{' }]) {
      expect(await python.requirer({ remote })).toMatchObject({ gateway: null, ready: false });
      expect(readProviderData(remote).kind).not.toBe('ok');
    }
  });

  test('in relation-broken it has no gateway any more', async () => {
    const answer = await python.requirer({ remote: { config: golden[release] }, event: 'relation-broken' });
    expect(answer).toMatchObject({ status: 'blocked: no relation', changes: 1 });
  });
});
