import { describe, expect, test } from '@jest/globals';
import { ContractError, readProviderData } from '@charm-ts/vpn-gateway';
import { gatewayData, providerData } from '@charm-ts/vpn-gateway/testing';

describe('gateway data for tests', () => {
  test('are a databag that a client takes', () => {
    expect(readProviderData(gatewayData())).toMatchObject({ kind: 'ok', data: providerData() });
  });

  test('have no address without a tunnel, unless the test gives one', () => {
    expect(providerData({ vpn_connected: false })).toMatchObject({ vpn_connected: false, external_ip: null });
    expect(providerData({ external_ip: null })).toMatchObject({ vpn_connected: true, external_ip: null });
  });

  test('are none that a gateway would not write', () => {
    expect(() => gatewayData({ cluster_cidrs: '0.0.0.0/0' })).toThrow(ContractError);
  });
});
