import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { GatewayWorld } from './gateway-world.js';

let world: GatewayWorld;

beforeEach(async () => {
  world = new GatewayWorld();
  await world.start();
});

afterEach(() => world.stop());

const overlayPeers = (): unknown => {
  const { ingress } = world.kube.objects.get('NetworkPolicy/media/gluetun-vpn-gateway')?.['spec'] as {
    ingress: readonly { readonly from: unknown }[];
  };
  return ingress[0]?.from;
};

test('the overlay is open to the pods of a client in another model, and to all while one is not known', async () => {
  world.requirer = { ...world.requirer, model: 'shop' };
  await world.bringUp();
  expect(overlayPeers()).toEqual([
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } },
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'sabnzbd' } },
    },
  ]);
  world.requirer = { instance_name: 'sabnzbd' };
  await world.hook('update-status');
  expect(overlayPeers()).toEqual([{ namespaceSelector: {} }]);
  expect(world.status).toBe('active: VPN connected (185.213.154.66), 1 client');
});
