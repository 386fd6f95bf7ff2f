import { describe, expect, test } from '@jest/globals';
import { parseDuration } from '../../../../lib/ops/src/pebble/go-duration.js';

describe('parseDuration', () => {
  test.each([
    ['0', 0],
    ['0s', 0],
    ['90s', 90e9],
    ['1m30s', 90e9],
    ['1.5h', 5400e9],
    ['500ms', 500e6],
    ['.5s', 500e6],
    ['1h0m0.25s', 3600.25e9],
    ['10µs', 10_000],
    ['-2s', -2e9],
  ])('%s', (text, nanoseconds) => {
    expect(parseDuration(text)).toBe(nanoseconds);
  });

  test.each(['', '10', 's', '1 s', '1d', '1.2.3s', '-'])('%j is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
