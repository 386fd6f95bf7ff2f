import { describe, expect, test } from '@jest/globals';
import { Context, relation, state } from '@charm-ts/testing';
import { gatewayData } from '@charm-ts/vpn-gateway/testing';
import { ClientCharm } from '../src/charm.js';

const containers = { '{{app}}': { canConnect: true } };
const vpn = relation('vpn-gateway', { remoteApp: 'gluetun', remoteAppData: gatewayData() });

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

  test('verify-vpn fails as long as nothing is proved, and says what of each layer', async () => {
    const out = await context.run((on) => on.action('verify-vpn'), state({ leader: true, relations: [vpn], containers }));
    expect(out.action?.status).toBe('failed');
    expect(out.action?.results).toMatchObject({ dns: 'through the tunnel, FAIL: sidecar: no answer' });
  });
});
