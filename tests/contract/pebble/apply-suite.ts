import { describe, expect, test } from '@jest/globals';
import { PebbleChangeError, type Layer } from '@charm-ts/ops';
import type { ContainerFixture } from './container-fixture.js';

const runs = 'sleep 1000';

export function describeApply(fixture: ContainerFixture): void {
  describe('apply', () => {
    test('starts enabled services and then has nothing more to do', async () => {
      const layer: Layer = {
        label: 'app',
        services: {
          app: { override: 'replace', command: runs, startup: 'enabled' },
          idle: { override: 'replace', command: runs },
        },
      };
      expect(await fixture.container.apply(layer)).toBe(true);
      expect(await fixture.current('app')).toBe('active');
      expect(await fixture.current('idle')).toBe('inactive');
      fixture.forget();
      expect(await fixture.container.apply(layer)).toBe(false);
      expect(fixture.writes()).toEqual([]);
    });

    test('sees no difference in what Pebble prints in other words', async () => {
      const layer: Layer = {
        label: 'odd',
        summary: 'odd spellings',
        services: {
          odd: {
            'kill-delay': '1500ms',
            'backoff-delay': '90s',
            'backoff-factor': 1.5,
            'backoff-limit': '2h',
            command: `sleep 1000 # "quoted" \\ 'and' ünïcode`,
            override: 'replace',
            startup: 'disabled',
            environment: { Z: 'yes', A: '007', EMPTY: '', MULTI: 'a\nb: c\n', COLON: 'a: b #c' },
            'user-id': 0,
            'group-id': 0,
            summary: '',
            after: [],
            'on-check-failure': { 'odd-check': 'ignore' },
          },
          other: { override: 'merge', command: runs, requires: ['odd'], after: ['odd'], description: 'two\nlines' },
        },
        checks: {
          'odd-check': {
            override: 'replace',
            startup: 'disabled',
            period: '60s',
            timeout: '0.5s',
            exec: { command: 'cat /x', environment: { B: '1', A: '2' }, 'working-dir': '' },
          },
          web: {
            override: 'replace',
            startup: 'disabled',
            threshold: 1,
            http: { url: 'http://127.0.0.1:1/', headers: {} },
          },
          port: { override: 'merge', startup: 'disabled', tcp: { port: 1 } },
        },
        'log-targets': {
          loki: { override: 'replace', type: 'loki', location: 'http://127.0.0.1:1/', services: ['all'] },
        },
      };
      expect(await fixture.container.addLayer(layer)).toBe(true);
      fixture.forget();
      expect(await fixture.container.addLayer(layer)).toBe(false);
      expect(await fixture.container.apply(layer)).toBe(false);
      expect(fixture.writes()).toEqual([]);
    });

    test.each<[string, Partial<Layer>]>([
      ['a changed command', { services: { app: { override: 'replace', command: 'sleep 2000', startup: 'disabled' } } }],
      ['a dropped key', { services: { app: { override: 'replace', command: runs } } }],
      ['a new check', { checks: { new: { override: 'replace', exec: { command: 'cat /x' } } } }],
    ])('sees %s', async (_what, change) => {
      const service = { override: 'replace', command: runs, startup: 'disabled' } as const;
      await fixture.container.apply({ label: 'app', services: { app: service } });
      expect(await fixture.container.apply({ label: 'app', ...change })).toBe(true);
    });

    test('restarts a running service whose configuration changed, and only that', async () => {
      const service = { override: 'replace', command: runs, startup: 'enabled' } as const;
      await fixture.container.apply({ label: 'app', services: { one: service, two: service } });
      fixture.forget();
      const changed = { ...service, environment: { A: '1' } };
      await fixture.container.apply({ label: 'app', services: { one: changed, two: service } });
      expect(fixture.writes()).toHaveLength(2);
      const [change] = (await fixture.container.pebble.changes('all', 'one')).filter(({ kind }) => kind === 'restart');
      expect(change?.tasks.map(({ summary }) => summary)).toEqual(['Stop service "one"', 'Start service "one"']);
      expect(await fixture.current('two')).toBe('active');
    });

    test('leaves a stopped service stopped when its configuration changes', async () => {
      const service = { override: 'replace', command: runs } as const;
      await fixture.container.apply({ label: 'app', services: { app: service } });
      await fixture.container.start('app');
      await fixture.container.stop('app');
      await fixture.container.apply({ label: 'app', services: { app: { ...service, environment: { A: '1' } } } });
      expect(await fixture.current('app')).toBe('inactive');
      // Pebble's own replan would have started it.
      await fixture.container.replan();
      expect(await fixture.current('app')).toBe('active');
    });

    test('tells why a service did not start', async () => {
      const layer: Layer = {
        label: 'app',
        services: { app: { override: 'replace', command: 'false', startup: 'enabled' } },
      };
      const failure = await fixture.container.apply(layer).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(PebbleChangeError);
      expect(String(failure)).toContain('exited quickly with code 1, will restart');
      expect(await fixture.current('app')).toBe('backoff');
    });

    test('changes nothing when Pebble refuses the layer', async () => {
      const layer: Layer = { label: 'app', services: { app: { override: 'replace', startup: 'enabled' } } };
      await expect(fixture.container.apply(layer)).rejects.toMatchObject({
        code: 'pebble-api',
        status: 400,
        message: 'plan must define "command" for service "app"',
      });
      expect(await fixture.container.plan()).toEqual({ services: {}, checks: {}, 'log-targets': {} });
    });
  });
}
