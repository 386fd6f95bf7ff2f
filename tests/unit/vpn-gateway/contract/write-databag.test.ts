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
