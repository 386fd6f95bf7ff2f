import { describe, expect, test } from '@jest/globals';
import { recordAnswers, recordedAnswers } from '../../contract/pebble/recorded-answers.js';
import { answersOf, wireGroups } from '../../contract/pebble/wire-answers.js';
import { startRealPebble } from './real-pebble.js';

describe('a real Pebble answers as recorded', () => {
  test.each(Object.keys(wireGroups))('%s', async (group) => {
    const pebble = await startRealPebble();
    try {
      const answers = await answersOf(group, pebble);
      if (process.env['PEBBLE_RECORD'] === '1') recordAnswers(group, answers);
      expect(answers).toEqual(recordedAnswers(group));
    } finally {
      await pebble.stop();
    }
  });
});
