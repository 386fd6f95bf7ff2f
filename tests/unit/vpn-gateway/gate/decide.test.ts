import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { decide, type Observed, type ObservedObjects } from '@charm-ts/vpn-gateway';
import {
  connected,
  empty,
  forbidden,
  gateTable,
  good,
  invalid,
  live,
  lost,
  refused,
  restarting,
  rows,
  unchanged,
  unknown,
  verified,
} from './gate-table.js';

describe('the gate', () => {
  test.each(rows)('%s', (_what, changes, expected) => {
    const { state, workload, status } = decide({ ...good, ...changes });
    expect(`${state} ${workload} ${status.name}: ${status.message}`).toBe(expected);
  });

  test('in all combinations: starts only when everything holds, and never lets an unverified workload run', () => {
    const gone: ObservedObjects = { kind: 'gone' };
    const leaving: ObservedObjects = { kind: 'leaving' };
    const truth = [true, false];
    const all = [connected, lost, empty, invalid].flatMap((gateway) =>
      [live, unchanged, restarting, unknown, forbidden, gone, leaving].flatMap((objects) =>
        [verified, refused].flatMap((path) =>
          truth.flatMap((related) =>
            truth.flatMap((unsafe) => truth.map((running) => ({ gateway, objects, path, related, unsafe, running }))),
          ),
        ),
      ),
    );
    const protectedNow = ({ gateway, objects, path, running }: Observed): boolean =>
      gateway === connected && path === verified && (objects === live || (running && objects === unchanged));
    for (const observed of all) {
      const { workload, state } = decide(observed);
      const { related, unsafe, objects, path } = observed;
      const isProtected = related && protectedNow(observed);
      const isUnsafe = !related && unsafe && objects !== leaving && objects !== forbidden;
      expect([workload === 'start', state === 'protected']).toEqual([isProtected || isUnsafe, isProtected]);
      if (related && path === refused) expect(workload).toBe('stop');
    }
  });

  test('is drawn in the documentation from this very table', () => {
    const page = readFileSync('docs/vpn-gateway/gate.md', 'utf8').replaceAll(/ +\|/g, ' |').replaceAll(/-{3,}/g, '---');
    expect(page).toContain(gateTable());
  });
});
