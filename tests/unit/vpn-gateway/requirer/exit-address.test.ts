import { describe, expect, test } from '@jest/globals';
import { type RequirerOptions, VpnGatewayRequirer } from '@charm-ts/vpn-gateway';
import type { FakeUnit } from '../fakes/fake-charm.js';
import { data, protectedUnit, secretChanged } from '../fakes/requirer-world.js';

const service = 'https://ipinfo.io/ip';

const exitAddress = async (unit: FakeUnit, options: RequirerOptions = {}): Promise<string> => {
  const { result } = await unit.hook(secretChanged, (charm) =>
    new VpnGatewayRequirer(charm, 'vpn-gateway', options).prove(),
  );
  const line = result.find(({ name }) => name.startsWith('exit-address: '));
  return `${line?.name ?? 'no line'} ${line?.passed === true ? 'pass' : `fail: ${line?.detail ?? ''}`}`;
};

describe('the exit address', () => {
  test("is the gateway's, as one question shows", async () => {
    const unit = await protectedUnit();
    expect(await exitAddress(unit)).toBe("exit-address: 185.213.154.66 = gateway's pass");
    expect(unit.journal).toEqual([`asked ${service}`]);
  });

  test('is compared as an address and not as text', async () => {
    const unit = await protectedUnit();
    unit.theirs = data({ external_ip: '2001:db8::1' });
    unit.pod.outside = { status: 200, body: '2001:DB8:0::1' };
    expect(await exitAddress(unit)).toBe("exit-address: 2001:DB8:0::1 = gateway's pass");
  });

  test('is asked where the author wants it', async () => {
    const unit = await protectedUnit();
    await exitAddress(unit, { addressService: 'http://address.example/me' });
    expect(unit.journal).toEqual(['asked http://address.example/me']);
  });

  test.each<[string, { status: number; body: string } | undefined, string]>([
    ['another address', { status: 200, body: '203.0.113.7' }, "203.0.113.7 fail: the gateway's is 185.213.154.66"],
    ['no answer', undefined, `unknown fail: GET ${service}: no answer within 8000 ms`],
    ['a refusal', { status: 429, body: '185.213.154.66' }, `unknown fail: ${service} answered 429`],
    [
      'a page',
      { status: 200, body: '<html>\n185.213.154.66' },
      String.raw`unknown fail: ${service} answered "<html>\n185.213.154.66", which is not an address`,
    ],
    ['nothing', { status: 200, body: '' }, `unknown fail: ${service} answered "", which is not an address`],
  ])('is in doubt: %s', async (_what, outside, expected) => {
    const unit = await protectedUnit();
    if (outside === undefined) delete unit.pod.outside;
    else unit.pod.outside = outside;
    expect(await exitAddress(unit)).toBe(`exit-address: ${expected}`);
  });

  const unpublished = 'unknown fail: the gateway has published no address';
  test.each<[string, (unit: FakeUnit) => unknown, string]>([
    ['the gateway has no address', (unit) => (unit.theirs = data({ external_ip: null })), unpublished],
    ['the gateway has no tunnel', (unit) => (unit.theirs = data({ vpn_connected: false })), unpublished],
    ['there is no relation', (unit) => (unit.theirs = undefined), unpublished],
    [
      'the path is not verified',
      (unit) => (unit.pod.verdict = { status: 503, body: 'rules: changed' }),
      'unknown fail: not asked, because the path is not verified',
    ],
  ])('nobody is asked when %s', async (_what, change, expected) => {
    const unit = await protectedUnit();
    change(unit);
    expect(await exitAddress(unit)).toBe(`exit-address: ${expected}`);
    expect(unit.journal).toEqual([]);
  });
});
