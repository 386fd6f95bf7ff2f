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

  test.each(['Etc/UTC', 'Etc/GMT+12', 'EST5EDT', 'America/Argentina/ComodRivadavia', 'America/Port-au-Prince'])(
    'take the zone %s',
    (timezone) => {
      expect(optionFaults({ ...options, timezone })).toEqual([]);
    },
  );

  test.each([
    ['an endless name', 'x'.repeat(200_000)],
    ['endless parts', 'Etc/'.repeat(50_000)],
    ['too many parts', 'a/b/c/d/e'],
    ['an empty part', 'Europe//Zurich'],
    ['a path', '../../etc/passwd'],
    ['two lines', 'Etc/UTC\nPATH=/tmp'],
    ['nothing', ''],
  ])('take no zone that is %s, and say so in a line that somebody can read', (_what, timezone) => {
    const [fault = '', ...further] = optionFaults({ ...options, timezone });
    expect(fault).toMatch(/^timezone: ".*" is no name such as Europe\/Zurich$/);
    expect(fault.length).toBeLessThan(120);
    expect(further).toEqual([]);
  });

  test('show the beginning of a long rotation', () => {
    const [fault = ''] = optionFaults({ ...options, 'credentials-rotation': 'x'.repeat(200_000) });
    expect(fault).toMatch(/^credentials-rotation: "x{40}…" is none of never/);
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
