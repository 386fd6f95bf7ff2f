import { expect, test } from '@jest/globals';
import { CharmBase, type CharmMetadata, type Framework } from '@charm-ts/ops';
import {
  type ProviderData,
  type providerSchema,
  type RequirerData,
  type requirerSchema,
  VpnGatewayProvider,
  VpnGatewayRequirer,
} from '@charm-ts/vpn-gateway';
import type { FromSchema } from 'json-schema-to-ts';

type Equal<A, B> = [A, keyof A] extends [B, keyof B] ? ([B, keyof B] extends [A, keyof A] ? true : false) : false;
type Flat<T> = { [K in keyof T]: T[K] };

const providerIsTheSchema: Equal<Flat<FromSchema<typeof providerSchema>>, Flat<ProviderData>> = true;
const requirerIsTheSchema: Equal<Flat<FromSchema<typeof requirerSchema>>, Flat<RequirerData>> = true;

const metadata = {
  name: 'client',
  containers: { app: {} },
  provides: { gateway: { interface: 'vpn-gateway' }, web: { interface: 'ingress' } },
  requires: { vpn: { interface: 'vpn-gateway' }, logging: { interface: 'loki_push_api' } },
  peers: {},
  options: {},
  actions: {},
  storage: {},
  resources: {},
} as const satisfies CharmMetadata;

class Client extends CharmBase<typeof metadata> {
  readonly vpn = new VpnGatewayRequirer(this, 'vpn');
  readonly clients = new VpnGatewayProvider(this, 'gateway');
  // @ts-expect-error an endpoint of another interface
  readonly wrong = new VpnGatewayRequirer(this, 'logging');
  // @ts-expect-error not an endpoint
  readonly missing = new VpnGatewayRequirer(this, 'vpm');
  // @ts-expect-error an endpoint of another interface
  readonly web = new VpnGatewayProvider(this, 'web');

  constructor(framework: Framework) {
    super(framework, metadata);
  }
}

test('the interfaces are what the schemas say, and endpoints are checked by name and interface', () => {
  expect([providerIsTheSchema, requirerIsTheSchema]).toEqual([true, true]);
  expect(Client.name).toBe('Client');
});
