import { describe, expect, test } from '@jest/globals';
import { VpnGatewayRequirer } from '@charm-ts/vpn-gateway';
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
