import { describe, expect, test } from '@jest/globals';
import { optionFaults } from '../../../lib/media-charm/src/option-faults.js';

const options = {
  'unsafe-mode': false,
  'extra-peers': '',
  timezone: 'Europe/Zurich',
  puid: 1000,
  pgid: 1001,
  'credentials-rotation': 'never',
};

describe('options', () => {
  test('are fine by default', () => {
    expect(optionFaults(options)).toEqual([]);
  });

  test.each([
    [{ puid: -1 }, 'puid: must be 0 to 2147483647 (is -1)'],
    [{ pgid: 2 ** 32 }, 'pgid: must be 0 to 2147483647 (is 4294967296)'],
    [{ timezone: 'x y' }, 'timezone: "x y" is no name such as Europe/Zurich'],
    [{ timezone: `x'; id; '` }, `timezone: "x'; id; '" is no name such as Europe/Zurich`],
    [
      { 'credentials-rotation': 'hourly' },
      'credentials-rotation: "hourly" is none of never, monthly, quarterly, yearly',
    ],
  ])('%j is a fault', (changes, fault) => {
    expect(optionFaults({ ...options, ...changes })).toEqual([fault]);
  });
});
