import { expect, test } from '@jest/globals';
import { Dice } from '../../../../lib/testing/src/fuzz/dice.js';

const rolls = (seed: number): readonly number[] => {
  const dice = new Dice(seed);
  return Array.from({ length: 200 }, () => dice.below(6));
};

test('the same seed rolls the same, another one something else', () => {
  expect(rolls(7)).toEqual(rolls(7));
  expect(rolls(7)).not.toEqual(rolls(8));
  expect([...new Set(rolls(7))].sort()).toEqual([0, 1, 2, 3, 4, 5]);
});

test('the heavier comes up more often, and what weighs nothing never', () => {
  const dice = new Dice(1);
  const items = [{ weight: 1 }, { weight: 9 }, { weight: 0 }] as const;
  const picked = Array.from({ length: 200 }, () => dice.pickHeavy(items));
  const counts = items.map((item) => picked.filter((each) => each === item).length);
  expect(counts[0]).toBeGreaterThan(5);
  expect(counts[1]).toBeGreaterThan(150);
  expect(counts[2]).toBe(0);
});

test('of nothing picks nothing', () => {
  const dice = new Dice(1);
  expect(dice.pick<string>([])).toBeUndefined();
  expect(dice.pickHeavy<{ readonly weight: number }>([])).toBeUndefined();
  expect(dice.word(300)).toMatch(/^[0-9a-z]{300}$/);
});
