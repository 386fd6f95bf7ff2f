import { describe, expect, test } from '@jest/globals';
import { parsePrefix, readProviderData, readRequirerData } from '@charm-ts/vpn-gateway';
import fc from 'fast-check';
import { databag, gatewayData } from '../fakes/gateway-data.js';

const hostile = ['"; rm -rf /', '$(reboot)', 'a\nVXLAN_ID=7', '`id`', '../../etc', ' ', '', 'x'.repeat(300)];

describe('reading provider data', () => {
  test('an empty databag is not a fault', () => {
    expect(readProviderData({})).toEqual({ kind: 'empty' });
    expect(readProviderData({ config: ' ' })).toEqual({ kind: 'empty' });
  });

  test('complete data come back as they were', () => {
    const data = gatewayData({ mtu: 1320, cluster_domain: 'cluster.local' });
    const expected = { ...data, cluster_cidrs: '10.1.0.0/16,10.152.183.0/24' };
    expect(readProviderData(databag(data))).toEqual({ kind: 'ok', data: expected });
  });

  test('a provider of the Python library 0.5 is on port 8472, its ztunnel address is dropped, host bits are cleared', () => {
    const document = {
      gateway_dns_name: 'gluetun-endpoints.media.svc.cluster.local',
      cluster_cidrs: '10.152.183.0/24, 10.1.2.3/16,169.254.7.127/32',
      cluster_dns_ip: '10.152.183.10',
      instance_name: 'gluetun',
    };
    expect(readProviderData(databag(document))).toEqual({
      kind: 'ok',
      data: gatewayData({ vxlan_port: 8472, vpn_connected: false, external_ip: null }),
    });
  });

  test('fields of a newer provider are ignored', () => {
    expect(readProviderData(databag({ ...gatewayData(), forwarded_ports: [1], __proto__: { a: 1 } })).kind).toBe('ok');
  });

  test.each([
    ['gateway_dns_name'],
    ['vxlan_ip_network'],
    ['cluster_cidrs'],
    ['cluster_dns_ip'],
    ['cluster_domain'],
    ['external_ip'],
    ['instance_name'],
    ['routing_method'],
  ])('hostile text in %s is invalid and the fault names the field', (field) => {
    for (const text of hostile) {
      const reading = readProviderData(databag({ ...gatewayData(), [field]: text }));
      expect(reading).toMatchObject({ kind: 'invalid' });
      if (reading.kind === 'invalid') {
        expect(reading.faults.join(' ')).toContain(field);
        expect(reading.faults.join(' ')).not.toMatch(/[\n\r]/);
      }
    }
  });

  test.each([
    ['vxlan_id', 0],
    ['vxlan_id', 16777216],
    ['vxlan_id', '42'],
    ['vxlan_id', 1.5],
    ['vxlan_port', 0],
    ['vxlan_port', 65536],
    ['vpn_connected', 'true'],
    ['mtu', 100],
    ['cluster_cidrs', ['10.1.0.0/16']],
    ['external_ip', 7],
    ['vxlan_ip_network', '172.16.0.0'],
    ['vxlan_ip_network', '8.8.8'],
    ['vxlan_ip_network', '172.16'],
    ['cluster_dns_ip', '8.8.8.8'],
    ['cluster_dns_ip', '169.254.169.254'],
    ['cluster_dns_ip', '10.152.183.10/8'],
    ['gateway_dns_name', 'evil.example.org'],
    ['gateway_dns_name', 'gluetun.media.svc'],
    ['cluster_cidrs', '0.0.0.0/0'],
    ['cluster_cidrs', '10.1.0.0/16,8.8.8.0/24'],
    ['cluster_cidrs', '172.16.0.0/12'],
    ['cluster_cidrs', '169.254.0.0/16'],
    ['routing_method', 'wireguard'],
  ])('%s=%j is invalid', (field, value) => {
    const reading = readProviderData(databag({ ...gatewayData(), [field]: value }));
    expect(reading.kind === 'invalid' && reading.faults.some((fault) => fault.startsWith(field))).toBe(true);
  });

  test.each(['gateway_dns_name', 'cluster_cidrs', 'cluster_dns_ip', 'instance_name'])('%s must be there', (field) => {
    const document = Object.fromEntries(Object.entries(gatewayData()).filter(([name]) => name !== field));
    expect(readProviderData(databag(document))).toEqual({ kind: 'invalid', faults: [`${field} is missing`] });
  });

  test('a public range is taken only where the cluster confirms it', () => {
    const bag = databag(gatewayData({ cluster_cidrs: '203.0.113.0/25' }));
    const confirmed = [parsePrefix('203.0.113.0/24')].flatMap((prefix) => prefix ?? []);
    expect(readProviderData(bag).kind).toBe('invalid');
    expect(readProviderData(bag, { confirmed }).kind).toBe('ok');
  });

  test('a node-local DNS cache is a resolver of the cluster', () => {
    expect(readProviderData(databag(gatewayData({ cluster_dns_ip: '169.254.20.10' }))).kind).toBe('ok');
  });

  test('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.record({ a: fc.anything() }).map((value) => JSON.stringify(value)),
        ),
        (config) => {
          expect(['empty', 'invalid', 'ok']).toContain(readProviderData({ config }).kind);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('one changed field of any kind never throws, and what is accepted has safe characters only', () => {
    const fields = Object.keys(gatewayData({ mtu: 1320, cluster_domain: 'a' }));
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.oneof(fc.string(), fc.integer(), fc.jsonValue()), (field, value) => {
        const reading = readProviderData(databag({ ...gatewayData(), [field]: value }));
        if (reading.kind === 'ok')
          expect(JSON.stringify(Object.values(reading.data))).toMatch(/^[A-Za-z0-9[\]",.:/_-]*$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('reading requirer data', () => {
  test('takes the Python library’s document and the addition of this one', () => {
    expect(readRequirerData(databag({ instance_name: 'sabnzbd' }))).toEqual({
      kind: 'ok',
      data: { instance_name: 'sabnzbd' },
    });
    expect(readRequirerData(databag({ instance_name: 'sabnzbd', agent: 'vpn-gateway-1', x: 1 }))).toEqual({
      kind: 'ok',
      data: { instance_name: 'sabnzbd', agent: 'vpn-gateway-1' },
    });
  });

  test('names the fault', () => {
    expect(readRequirerData({})).toEqual({ kind: 'empty' });
    expect(readRequirerData({ config: '[]' })).toEqual({ kind: 'invalid', faults: ['config is not a JSON object'] });
    expect(readRequirerData({ config: '{' })).toEqual({ kind: 'invalid', faults: ['config is not JSON'] });
    expect(readRequirerData(databag({}))).toEqual({ kind: 'invalid', faults: ['instance_name is missing'] });
    expect(readRequirerData(databag({ instance_name: '$(id)' })).kind).toBe('invalid');
  });
});
