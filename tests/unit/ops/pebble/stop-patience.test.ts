import { describe, expect, test } from '@jest/globals';
import type { ServiceSpec } from '@charm-ts/ops';
import { stopPatience } from '../../../../lib/ops/src/pebble/stop-patience.js';

const service = (killDelay?: string): ServiceSpec => ({
  override: 'replace',
  command: 'sleep 1000',
  ...(killDelay === undefined ? {} : { 'kill-delay': killDelay }),
});

describe('a stop is waited for longer than Pebble takes', () => {
  test.each([
    ['no services', {}, 30_000],
    ['Pebble’s default', { app: service() }, 30_000],
    ['30 s', { app: service('30s') }, 40_000],
    ['a delay in Go’s spelling', { app: service('1m30s') }, 100_000],
    ['services that end one after the other', { app: service('30s'), db: service('20s'), cache: service() }, 75_000],
  ])('%s', (_what, services, milliseconds) => {
    expect(stopPatience(services)).toBe(milliseconds);
  });

  test('with the delay that a running service was started with', () => {
    expect(stopPatience({ app: service('60s') }, { app: service('10s') })).toBe(70_000);
  });
});
