import { describe, expect, test } from '@jest/globals';
import { recordedAnswers } from './recorded-answers.js';
import { startSimulatedPebble } from './simulated-pebble.js';
import { answersOf, wireGroups } from './wire-answers.js';

describe('the simulated Pebble answers as the recorded real one', () => {
  test.each(Object.keys(wireGroups))('%s', async (group) => {
    const pebble = await startSimulatedPebble();
    try {
      expect(await answersOf(group, pebble)).toEqual(recordedAnswers(group));
    } finally {
      await pebble.stop();
    }
  });
});
