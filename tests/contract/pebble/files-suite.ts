import { describe, expect, test } from '@jest/globals';
import { PebblePathError } from '@charm-ts/ops';
import type { ContainerFixture } from './container-fixture.js';

export function describeFiles(fixture: ContainerFixture): void {
  describe('files', () => {
    const at = (path: string): string => `${fixture.pebble.scratch}/${path}`;

    test('bytes come back as they went', async () => {
      const bytes = Uint8Array.from({ length: 70_000 }, (_item, index) => (index * 7) % 256);
      const tricky = Buffer.concat([Buffer.from('\r\n--'), bytes, Buffer.from('\r\n--boundary--\r\n')]);
      await fixture.container.push(at('binary'), tricky);
      expect(Buffer.from((await fixture.container.pullBytes(at('binary'))) ?? []).equals(tricky)).toBe(true);
      await fixture.container.push(at('empty'), '');
      expect(await fixture.container.pull(at('empty'))).toBe('');
      await fixture.container.push(at('text'), 'ünï\ncode\r\n');
      expect(await fixture.container.pull(at('text'))).toBe('ünï\ncode\r\n');
    });

    test.each([
      'with "quotes"',
      'back\\slash',
      'both \\" of them\\',
      'ünïcode',
      'blank and ; semi=colon',
      'per%20cent&?#',
    ])('a file may be called %s', async (name) => {
      await fixture.container.push(at(name), name);
      expect(await fixture.container.pull(at(name))).toBe(name);
      expect((await fixture.container.listFiles(fixture.pebble.scratch)).map((file) => file.name)).toContain(name);
      await fixture.container.removePath(at(name));
      expect(await fixture.container.exists(at(name))).toBe(false);
    });

    test('modes and owners are kept', async () => {
      await fixture.container.push(at('deep/er/secret'), 's', {
        permissions: 0o600,
        makeDirs: true,
        userId: 0,
        groupId: 0,
      });
      const [secret] = await fixture.container.listFiles(at('deep/er/secret'));
      expect(secret).toMatchObject({
        name: 'secret',
        type: 'file',
        size: 1,
        permissions: 0o600,
        userId: 0,
        user: 'root',
      });
      await fixture.container.makeDir(at('private'), { permissions: 0o700 });
      const [directory] = await fixture.container.listFiles(at('private'), { itself: true });
      expect(directory).toMatchObject({ type: 'directory', permissions: 0o700 });
    });

    test('listing filters by name, and what is missing is empty', async () => {
      for (const name of ['a.conf', 'b.conf', 'c.txt']) await fixture.container.push(at(name), '');
      const names = (await fixture.container.listFiles(fixture.pebble.scratch, { pattern: '*.conf' })).map(
        (file) => file.name,
      );
      expect(names).toEqual(['a.conf', 'b.conf']);
      expect(await fixture.container.listFiles(at('nothing'))).toEqual([]);
      expect(await fixture.container.pull(at('nothing'))).toBeUndefined();
      expect(await fixture.container.exists(fixture.pebble.scratch)).toBe(true);
    });

    test('failures carry path and kind', async () => {
      await expect(fixture.container.push(at('no/parent'), '')).rejects.toMatchObject({
        code: 'pebble-path',
        kind: 'not-found',
      });
      await expect(fixture.container.push('relative', '')).rejects.toMatchObject({
        kind: 'generic-file-error',
        path: 'relative',
      });
      await expect(fixture.container.pull(fixture.pebble.scratch)).rejects.toBeInstanceOf(PebblePathError);
      await expect(fixture.container.removePath(at('nothing'))).rejects.toMatchObject({ kind: 'not-found' });
      await fixture.container.removePath(at('nothing'), { recursive: true });
      await fixture.container.makeDir(at('dir'));
      await expect(fixture.container.makeDir(at('dir'))).rejects.toThrow('file exists');
      await fixture.container.makeDir(at('dir'), { makeParents: true });
      await fixture.container.push(at('dir/file'), '');
      await expect(fixture.container.removePath(at('dir'))).rejects.toThrow('directory not empty');
      await fixture.container.removePath(at('dir'), { recursive: true });
      expect(await fixture.container.exists(at('dir'))).toBe(false);
    });
  });
}
