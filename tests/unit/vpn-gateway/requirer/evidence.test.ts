import { describe, expect, test } from '@jest/globals';
import { VpnGatewayRequirer } from '@charm-ts/vpn-gateway';
import { answerProof } from '../../../../lib/vpn-gateway/src/requirer/answer-proof.js';
import { FakeUnit } from '../fakes/fake-charm.js';
import { protectedUnit, secretChanged } from '../fakes/requirer-world.js';

describe('evidence', () => {
  test('names every layer', async () => {
    const unit = await protectedUnit();
    const { result } = await unit.hook(secretChanged, (charm) => new VpnGatewayRequirer(charm, 'vpn-gateway').prove());
    expect(result.map(({ name, passed }) => `${name} ${passed ? 'pass' : 'fail'}`)).toEqual([
      'default-route: overlay (vxlan0) pass',
      'ipv6: closed pass',
      'dns: through the tunnel pass',
      'policy: sabnzbd-vpn-killswitch pass',
      "exit-address: 185.213.154.66 = gateway's pass",
    ]);
  });

  test('says what is wrong', async () => {
    const unit = new FakeUnit();
    const { result } = await unit.hook(secretChanged, (charm) => new VpnGatewayRequirer(charm, 'vpn-gateway').prove());
    expect(result.filter(({ passed }) => !passed).map(({ detail }) => detail)).toEqual([
      'route: 0.0.0.0/0 leaves by eth0',
      'sidecar: no answer',
      'there is no such policy for this application',
      'the gateway has published no address',
    ]);
  });
});

describe('an action that asks for it', () => {
  const ask = async (unit: FakeUnit) => {
    const told: { results?: unknown; failure?: string } = {};
    await unit.hook(secretChanged, (charm) =>
      new VpnGatewayRequirer(charm, 'vpn-gateway').answer({
        setResults: (results) => Promise.resolve(void (told.results = results)),
        fail: (message) => Promise.resolve(void (told.failure = message)),
      }),
    );
    return told;
  };

  test('is told of each layer', async () => {
    expect(await ask(await protectedUnit())).toEqual({
      results: {
        'default-route': 'overlay (vxlan0), pass',
        ipv6: 'closed, pass',
        dns: 'through the tunnel, pass',
        policy: 'sabnzbd-vpn-killswitch, pass',
        'exit-address': "185.213.154.66 = gateway's, pass",
      },
    });
  });

  test('fails at any doubt', async () => {
    const unit = await protectedUnit();
    unit.pod = { ...unit.pod, outside: { status: 200, body: '203.0.113.7\n' } };
    expect(await ask(unit)).toMatchObject({
      results: { 'exit-address': "203.0.113.7, FAIL: the gateway's is 185.213.154.66" },
      failure: "exit-address: 203.0.113.7: the gateway's is 185.213.154.66",
    });
  });
});

test('no evidence at all is a doubt', async () => {
  const told: string[] = [];
  await answerProof(
    { setResults: () => Promise.resolve(), fail: (message) => Promise.resolve(void told.push(message)) },
    [],
  );
  expect(told).toEqual(['nothing could be verified']);
});
