import { describe, expect, test } from '@jest/globals';
import { ContractError, encodeProviderData, encodeRequirerData, readProviderData } from '@charm-ts/vpn-gateway';
import { gatewayData } from '../fakes/gateway-data.js';

describe('writing', () => {
  test('what is written is what is read', () => {
    const data = gatewayData({ vpn_connected: false, external_ip: null });
    expect(readProviderData(encodeProviderData(data))).toEqual({ kind: 'ok', data });
  });

  test('publishes prefixes in normal form, comma separated without blanks', () => {
    const { config } = encodeProviderData(gatewayData({ cluster_cidrs: '10.152.183.0/24, 10.1.9.9/16' }));
    expect(JSON.parse(config ?? '')).toMatchObject({ cluster_cidrs: '10.1.0.0/16,10.152.183.0/24' });
  });

  test('the same data are the same bytes, in whatever order the charm names them', () => {
    const data = gatewayData({ mtu: 1320, cluster_domain: 'cluster.local' });
    const reversed = Object.fromEntries(Object.entries(data).reverse()) as typeof data;
    expect(encodeProviderData(reversed)).toEqual(encodeProviderData(data));
    const both = { agent: 'vpn-gateway-1', instance_name: 'sabnzbd' };
    expect(encodeRequirerData(both)).toEqual({ config: '{"instance_name":"sabnzbd","agent":"vpn-gateway-1"}' });
  });

  test('bad data are a mistake of the charm', () => {
    expect(() => encodeProviderData(gatewayData({ vxlan_id: 0 }))).toThrow(ContractError);
    expect(() => encodeProviderData(gatewayData({ cluster_cidrs: '0.0.0.0/0' }))).toThrow(
      /cluster_cidrs: "0.0.0.0\/0" is wider than \/8/,
    );
    expect(() => encodeRequirerData({ instance_name: '' })).toThrow(/instance_name/);
  });

  test('a requirer writes one JSON object under one key', () => {
    expect(encodeRequirerData({ instance_name: 'sabnzbd' })).toEqual({ config: '{"instance_name":"sabnzbd"}' });
  });
});
