import { describe, expect, test } from '@jest/globals';
import type { ContainerFixture } from './container-fixture.js';
import { eventually } from './pebble-under-test.js';

export function describeChecks(fixture: ContainerFixture): void {
  describe('checks', () => {
    test('a check goes down with its reason and comes back', async () => {
      const path = `${fixture.pebble.scratch}/healthy`;
      const check = { override: 'replace', period: '300ms', threshold: 2, exec: { command: `cat ${path}` } } as const;
      expect(await fixture.container.addLayer({ label: 'health', checks: { health: check } })).toBe(true);
      expect(await fixture.container.check('health')).toMatchObject({
        status: 'up',
        failures: 0,
        threshold: 2,
        startup: 'enabled',
      });

      await eventually(fixture.pebble, async () => (await fixture.container.check('health'))?.status === 'down');
      const down = await fixture.container.check('health');
      expect(down?.lastFailure).toBe(`exit status 1; cat: ${path}: No such file or directory`);
      expect(await fixture.container.checks()).toHaveLength(1);

      await fixture.container.push(path, 'yes');
      await eventually(fixture.pebble, async () => (await fixture.container.check('health'))?.status === 'up');
      const up = await fixture.container.check('health');
      expect(up).toMatchObject({ failures: 0 });
      expect(up).not.toHaveProperty('lastFailure');
      expect(await fixture.container.check('no-such-check')).toBeUndefined();
    });

    test('a check below its threshold is up and has a reason', async () => {
      const exec = { command: `cat ${fixture.pebble.scratch}/nothing` };
      const check = { override: 'replace', period: '300ms', threshold: 1000, exec } as const;
      await fixture.container.addLayer({ label: 'health', checks: { health: check } });
      await eventually(fixture.pebble, async () => ((await fixture.container.check('health'))?.failures ?? 0) > 0);
      const info = await fixture.container.check('health');
      expect(info?.status).toBe('up');
      expect(info?.lastFailure).toContain('exit status 1');
    });

    test('a changed check starts anew, a stopped one is inactive', async () => {
      const check = { override: 'replace', period: '1h', exec: { command: 'cat /x' } } as const;
      await fixture.container.addLayer({ label: 'health', checks: { health: check } });
      const [before] = await fixture.container.pebble.checks(['health']);
      await fixture.container.addLayer({ label: 'health', checks: { health: { ...check, period: '2h' } } });
      const [after] = await fixture.container.pebble.checks(['health']);
      expect(after?.changeId).not.toBe(before?.changeId);
      expect(await fixture.container.pebble.stopChecks(['health'])).toEqual(['health']);
      expect(await fixture.container.pebble.stopChecks(['health'])).toEqual([]);
      expect((await fixture.container.check('health'))?.status).toBe('inactive');
      expect(await fixture.container.pebble.startChecks(['health'])).toEqual(['health']);
      expect((await fixture.container.check('health'))?.status).toBe('up');
    });
  });
}
