import { expect, test } from '@jest/globals';
import { Context, relation, Sandbox, state } from '@charm-ts/testing';
import { gatewayData } from '@charm-ts/vpn-gateway/testing';
import { SabnzbdCharm } from './charms.js';

test('one event: a state goes in, what came of it comes out', async () => {
  const vpn = relation('vpn-gateway', { remoteApp: 'gluetun', remoteAppData: gatewayData() });
  const before = state({ leader: true, relations: [vpn], containers: { sabnzbd: { canConnect: true } } });
  const out = await new Context(SabnzbdCharm).run((on) => on.relationChanged(vpn), before);
  expect(out.containers.sabnzbd.services).toEqual({});
  expect(out.unitStatus).toEqual({ name: 'waiting', message: 'VPN: closing the pod (1 of 3)' });
});

test('a whole model: every hook that Juju would run, in its order', async () => {
  const sandbox = await Sandbox.create();
  await sandbox.deploy(SabnzbdCharm, 'sabnzbd', { trust: true });
  await sandbox.settle();
  expect(sandbox.status('sabnzbd/0').name).toBe('blocked');
  await sandbox.close();
});
