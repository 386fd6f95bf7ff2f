import { expect, test } from '@jest/globals';
import { shorten } from '../../../../lib/testing/src/fuzz/shorten.js';

const whole = Array.from({ length: 20 }, (_, index) => index);
const needs =
  (...wanted: readonly number[]) =>
  (sequence: readonly number[]): Promise<boolean> =>
    Promise.resolve(wanted.every((each) => sequence.includes(each)));

test.each([[[]], [[0]], [[19]], [[3, 4]], [[0, 7, 19]]])('leaves %j, which it takes', async (wanted) => {
  expect(await shorten(whole, needs(...wanted))).toEqual(wanted);
});

test('of nothing leaves nothing', async () => {
  expect(await shorten([], needs())).toEqual([]);
});

test('without time leaves it as it is', async () => {
  expect(await shorten(whole, needs(3), () => false)).toEqual(whole);
});
