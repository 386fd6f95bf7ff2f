import { describe, expect, test } from '@jest/globals';
import { PebbleApiError, PebbleChangeError } from '@charm-ts/ops';
import type { ContainerFixture } from './container-fixture.js';

const runs = 'sleep 1000';

export function describeServices(fixture: ContainerFixture): void {
  describe('services', () => {
    const service = { override: 'replace', command: runs } as const;

    test('start, stop and restart ask before they write', async () => {
      await fixture.container.addLayer({ label: 'app', services: { app: service } });
      fixture.forget();
      await fixture.container.stop('app', 'no-such-service');
      expect(fixture.writes()).toEqual([]);
      await fixture.container.start('app');
      expect(fixture.writes()).toHaveLength(1);
      await fixture.container.start('app');
      expect(fixture.writes()).toEqual([]);
      await fixture.container.restart('app');
      expect(await fixture.current('app')).toBe('active');
      await fixture.container.stop('app');
      expect(await fixture.current('app')).toBe('inactive');
    });

    test('an unknown service cannot be started', async () => {
      await expect(fixture.container.start('nothing')).rejects.toThrow(
        'cannot start services: service "nothing" does not exist',
      );
    });

    test('a start brings what a service requires', async () => {
      await fixture.container.addLayer({
        label: 'app',
        services: { app: { ...service, requires: ['db'], after: ['db'] }, db: service },
      });
      await fixture.container.start('app');
      expect(await fixture.current('db')).toBe('active');
    });

    test('a service that fails is restarted after a delay', async () => {
      await fixture.container.addLayer({ label: 'app', services: { app: { ...service, command: 'false' } } });
      await expect(fixture.container.start('app')).rejects.toThrow(PebbleChangeError);
      expect(await fixture.current('app')).toBe('backoff');
      await fixture.container.stop('app');
      expect(await fixture.current('app')).toBe('inactive');
    });

    test('autostart without enabled services is refused by name', async () => {
      const failure = await fixture.container.pebble.autostartServices().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(PebbleApiError);
      expect(failure).toMatchObject({ status: 400, kind: 'no-default-services' });
    });
  });
}
