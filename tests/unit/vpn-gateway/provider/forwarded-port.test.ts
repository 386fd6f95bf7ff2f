import { describe, expect, test } from '@jest/globals';
import type { HookEvent } from '@charm-ts/ops';
import { type ForwardedPort, VpnGatewayRequirer } from '@charm-ts/vpn-gateway';
import { type PortSeeker, PortHolder } from '../../../../lib/vpn-gateway/src/provider/forwarded-port.js';
import { type FakeUnit } from '../fakes/fake-charm.js';
import { changed, data, protectedUnit, secretChanged } from '../fakes/requirer-world.js';

const client = (relationId: number, wantsPort = true): PortSeeker => ({
  relationId,
  app: `app-${relationId}`,
  wantsPort,
  pod: `app-${relationId}-0`,
});
const port: ForwardedPort = { kind: 'port', port: 51413 };
const holderWithMemory = () => {
  const memory = new Map<string, string>();
  return new PortHolder({
    get: (key) => Promise.resolve(memory.get(key)),
    set: (key, value) => void memory.set(key, value),
    delete: (key) => void memory.delete(key),
  });
};

describe('the forwarded port', () => {
  test('goes to one client; a second one is told who has it, one that does not ask nothing', async () => {
    const answers = await holderWithMemory().answers([client(1, false), client(4), client(7)], port);
    expect(answers.holder?.pod).toBe('app-4-0');
    expect([1, 4, 7].map((id) => answers.fields(id))).toEqual([
      {},
      { forwarded_port: 51413 },
      { forwarded_port_reason: 'the gateway has one port, and app-4 has it' },
    ]);
  });

  test('stays with its client while the port is away and when an older relation begins to ask', async () => {
    const holder = holderWithMemory();
    await holder.answers([client(1, false), client(4)], port);
    const without = await holder.answers([client(1), client(4)], { kind: 'none', reason: 'the VPN is not connected' });
    expect(without.fields(4)).toEqual({ forwarded_port_reason: 'the VPN is not connected' });
    expect((await holder.answers([client(1), client(4)], port)).fields(4)).toEqual({ forwarded_port: 51413 });
  });

  test('goes on to the next when its client asks no more or is gone', async () => {
    const holder = holderWithMemory();
    await holder.answers([client(4), client(7)], port);
    expect((await holder.answers([client(4, false), client(7)], port)).fields(7)).toEqual({ forwarded_port: 51413 });
    expect((await holder.answers([], port)).holder).toBeUndefined();
  });
});

/** What a client that asks is told in one hook: the argument of `start`, and the event. */
const hear = async (unit: FakeUnit, event: HookEvent): Promise<readonly string[]> => {
  const heard: string[] = [];
  await unit.hook(event, (charm) => {
    const vpn = new VpnGatewayRequirer(charm, 'vpn-gateway', { wantsForwardedPort: true });
    vpn.observe('forwarded-port', ({ port: number, reason }) => void heard.push(`event ${number ?? reason ?? 'none'}`));
    return vpn.reconcile({
      start: (path) => Promise.resolve(heard.push(`start ${path?.interface ?? ''} ${path?.forwardedPort ?? 'none'}`)),
      stop: () => unit.container.stop(),
    });
  });
  return heard;
};

describe('a client that asks for the port', () => {
  test('is told in start and by one event for each change', async () => {
    const unit = await protectedUnit();
    expect(await hear(unit, changed)).toEqual(['start vxlan0 none']);
    unit.theirs = data({ forwarded_port: 51413 });
    expect(await hear(unit, changed)).toEqual(['start vxlan0 51413', 'event 51413']);
    expect(await hear(unit, secretChanged)).toEqual(['start vxlan0 51413']);
    unit.theirs = data({ forwarded_port: 51999 });
    expect(await hear(unit, changed)).toEqual(['start vxlan0 51999', 'event 51999']);
    unit.theirs = data({ forwarded_port_reason: 'the gateway has one port, and other has it' });
    expect(await hear(unit, changed)).toEqual([
      'start vxlan0 none',
      'event the gateway has one port, and other has it',
    ]);
  });
});
