import { describe, expect, test } from '@jest/globals';
import type { HookEvent } from '@charm-ts/ops';
import type { VpnEvent } from '@charm-ts/vpn-gateway';
import { closedPod, FakeUnit } from '../fakes/fake-charm.js';
import {
  broken,
  changed,
  checkFailed,
  data,
  on,
  protectedUnit,
  ready,
  run,
  secretChanged,
} from '../fakes/requirer-world.js';

/** What an author hears in one hook; handlers run after start and stop. */
const hear = async (unit: FakeUnit, event: HookEvent): Promise<readonly string[]> => {
  const heard: string[] = [];
  const note = (told: Exclude<VpnEvent, { readonly kind: 'forwarded-port' }>): void => {
    heard.push(`${told.kind} ${told.kind === 'lost' ? told.reason : (told.gateway.external_ip ?? 'nowhere')}`);
  };
  await run(unit, event, false, (vpn) => {
    vpn.observe('ready', note);
    vpn.observe('changed', note);
    vpn.observe('lost', note);
  });
  return heard;
};

describe('events for authors', () => {
  test('ready, once, when the gate opens', async () => {
    const unit = new FakeUnit();
    unit.theirs = data();
    expect(await hear(unit, changed)).toEqual([]);
    unit.replacePod(closedPod());
    expect(await hear(unit, ready)).toEqual(['ready 185.213.154.66']);
    expect(unit.container.service).toBe('active');
    expect(await hear(unit, secretChanged)).toEqual([]);
  });

  test('not ready while Pebble is not there', async () => {
    const unit = new FakeUnit();
    unit.theirs = data();
    await hear(unit, changed);
    unit.replacePod(closedPod());
    unit.container.reachable = false;
    expect(await hear(unit, { kind: 'start' })).toEqual([]);
    unit.container.reachable = true;
    expect(await hear(unit, ready)).toEqual(['ready 185.213.154.66']);
  });

  test('changed when the gateway publishes something else', async () => {
    const unit = await protectedUnit();
    unit.theirs = data({ external_ip: '185.213.154.99' });
    expect(await hear(unit, changed)).toEqual(['changed 185.213.154.99']);
    expect(await hear(unit, changed)).toEqual([]);
  });

  test.each<[string, (unit: FakeUnit) => HookEvent, string]>([
    [
      'the tunnel is lost',
      (unit) => {
        unit.theirs = data({ vpn_connected: false, external_ip: null });
        return changed;
      },
      'lost VPN lost: traffic is blocked',
    ],
    [
      'the path is lost',
      (unit) => {
        unit.pod = { ...closedPod(), verdict: undefined };
        unit.container.checkStatus = 'down';
        return checkFailed;
      },
      'lost VPN: path not verified, workload stopped: sidecar: no answer',
    ],
    [
      'the relation goes',
      (unit) => {
        unit.theirs = undefined;
        return broken;
      },
      'lost integrate with a vpn-gateway (or set unsafe-mode=true)',
    ],
  ])('lost, once, when %s', async (_what, lose, expected) => {
    const unit = await protectedUnit();
    const event = lose(unit);
    expect(await hear(unit, event)).toEqual([expected]);
    expect(await hear(unit, secretChanged)).toEqual([]);
  });

  test('ready again after a new pod', async () => {
    const unit = await protectedUnit();
    unit.replacePod({ ...closedPod(), verdict: undefined });
    unit.container.checkStatus = 'down';
    expect(await hear(unit, { kind: 'upgrade-charm' })).toEqual([
      'lost VPN: verifying the path (2 of 3): sidecar: no answer',
    ]);
    unit.pod = closedPod();
    expect(await hear(unit, ready)).toEqual(['ready 185.213.154.66']);
  });

  test('an event whose handler fails comes again', async () => {
    const unit = await protectedUnit();
    unit.theirs = data({ external_ip: '185.213.154.99' });
    const fail = (): never => {
      throw new TypeError('the author’s mistake');
    };
    await expect(
      run(unit, changed, false, (vpn) => {
        vpn.observe('changed', fail);
      }),
    ).rejects.toThrow(TypeError);
    expect(await hear(unit, changed)).toEqual(['changed 185.213.154.99']);
    expect(await run(unit, secretChanged)).toBe(on.replace('.66', '.99'));
  });
});
