import { expect, test } from '@jest/globals';
import { tryOut } from '../../../fuzz/vpn-gateway/sequence.js';

// A small sample of `npm run test:fuzz`, always the same.
test('60 random sequences of events keep every promise', async () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const finding = await tryOut(seed);
    expect([seed, finding?.broken, finding?.sequence]).toEqual([seed, undefined, undefined]);
  }
}, 60_000);
