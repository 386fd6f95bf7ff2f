import { describe, expect, test } from '@jest/globals';
import { Context, relation, state } from '@charm-ts/testing';
import { encodeProviderData } from '@charm-ts/vpn-gateway';
import { ClientCharm } from '../src/charm.js';

const containers = { '{{app}}': { canConnect: true } };
const vpn = relation('vpn-gateway', {
  remoteApp: 'gluetun',
  remoteAppData: encodeProviderData({
    routing_method: 'pod-gateway',
    gateway_dns_name: 'gluetun-endpoints.media.svc.cluster.local',
    vxlan_id: 42,
    vxlan_port: 4790,
    vxlan_ip_network: '172.16.0',
    cluster_cidrs: '10.1.0.0/16,10.152.183.0/24',
    cluster_dns_ip: '10.152.183.10',
    vpn_connected: true,
    external_ip: '185.213.154.66',
    instance_name: 'gluetun',
  }),
});

const context = new Context(ClientCharm);

describe('without a gateway', () => {
  test('it does not start', async () => {
    const out = await context.run((on) => on.configChanged(), state({ leader: true, containers }));
    expect(out.unitStatus).toEqual({ name: 'blocked', message: 'integrate with a vpn-gateway (or set unsafe-mode=true)' });
    expect(out.containers['{{app}}'].services).toEqual({});
  });

  test('it starts when the operator wants it unsafe', async () => {
    const config = { 'unsafe-mode': true };
    const out = await context.run((on) => on.configChanged(), state({ leader: true, config, containers }));
    expect(out.containers['{{app}}'].services).toEqual({ '{{app}}': 'active' });
  });
});

describe('with a gateway', () => {
  test('the pod is closed before anything starts', async () => {
    const out = await context.run((on) => on.relationChanged(vpn), state({ leader: true, relations: [vpn], containers }));
    expect(out.kubernetes.writes.map(({ kind }) => kind)).toEqual(['NetworkPolicy', 'ConfigMap', 'StatefulSet']);
    expect(out.containers['{{app}}'].services).toEqual({});
  });

  test('verify-vpn fails as long as nothing is proved', async () => {
    const out = await context.run((on) => on.action('verify-vpn'), state({ leader: true, relations: [vpn], containers }));
    expect(out.action?.status).toBe('failed');
  });
});
