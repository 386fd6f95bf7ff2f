import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  Container,
  PebbleApiError,
  PebbleChangeError,
  PebbleClient,
  PebblePathError,
  PebbleTimeoutError,
  type Layer,
} from '@charm-ts/ops';
import { eventually, type PebbleUnderTest, type StartPebble } from './pebble-under-test.js';
import { RequestLog } from './request-log.js';

const runs = 'sleep 1000';

/** What a charm may rely on, whatever Pebble is behind the socket. */
export function describeContainer(name: string, start: StartPebble): void {
  describe(`Container on ${name}`, () => {
    let pebble: PebbleUnderTest;
    let log: RequestLog;
    let container: Container;

    beforeEach(async () => {
      pebble = await start();
      log = new RequestLog(pebble.socketPath);
      await log.start();
      container = new Container('workload', new PebbleClient({ socketPath: log.socketPath }));
    });

    afterEach(async () => {
      await log.stop();
      await pebble.stop();
    });

    const writes = (): readonly string[] => log.take().filter((line) => !line.startsWith('GET '));
    const current = async (service: string): Promise<string | undefined> =>
      (await container.services()).find((info) => info.name === service)?.current;

    describe('apply', () => {
      test('starts enabled services and then has nothing more to do', async () => {
        const layer: Layer = {
          label: 'app',
          services: {
            app: { override: 'replace', command: runs, startup: 'enabled' },
            idle: { override: 'replace', command: runs },
          },
        };
        expect(await container.apply(layer)).toBe(true);
        expect(await current('app')).toBe('active');
        expect(await current('idle')).toBe('inactive');
        log.take();
        expect(await container.apply(layer)).toBe(false);
        expect(writes()).toEqual([]);
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
        expect(await container.addLayer(layer)).toBe(true);
        log.take();
        expect(await container.addLayer(layer)).toBe(false);
        expect(await container.apply(layer)).toBe(false);
        expect(writes()).toEqual([]);
      });

      test.each<[string, Partial<Layer>]>([
        [
          'a changed command',
          { services: { app: { override: 'replace', command: 'sleep 2000', startup: 'disabled' } } },
        ],
        ['a dropped key', { services: { app: { override: 'replace', command: runs } } }],
        ['a new check', { checks: { new: { override: 'replace', exec: { command: 'cat /x' } } } }],
      ])('sees %s', async (_what, change) => {
        const service = { override: 'replace', command: runs, startup: 'disabled' } as const;
        await container.apply({ label: 'app', services: { app: service } });
        expect(await container.apply({ label: 'app', ...change })).toBe(true);
      });

      test('restarts a running service whose configuration changed, and only that', async () => {
        const service = { override: 'replace', command: runs, startup: 'enabled' } as const;
        await container.apply({ label: 'app', services: { one: service, two: service } });
        log.take();
        const changed = { ...service, environment: { A: '1' } };
        await container.apply({ label: 'app', services: { one: changed, two: service } });
        expect(writes()).toHaveLength(2);
        const [change] = (await container.pebble.changes('all', 'one')).filter(({ kind }) => kind === 'restart');
        expect(change?.tasks.map(({ summary }) => summary)).toEqual(['Stop service "one"', 'Start service "one"']);
        expect(await current('two')).toBe('active');
      });

      test('leaves a stopped service stopped when its configuration changes', async () => {
        const service = { override: 'replace', command: runs } as const;
        await container.apply({ label: 'app', services: { app: service } });
        await container.start('app');
        await container.stop('app');
        await container.apply({ label: 'app', services: { app: { ...service, environment: { A: '1' } } } });
        expect(await current('app')).toBe('inactive');
        // Pebble's own replan would have started it.
        await container.replan();
        expect(await current('app')).toBe('active');
      });

      test('tells why a service did not start', async () => {
        const layer: Layer = {
          label: 'app',
          services: { app: { override: 'replace', command: 'false', startup: 'enabled' } },
        };
        const failure = await container.apply(layer).catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(PebbleChangeError);
        expect(String(failure)).toContain('exited quickly with code 1, will restart');
        expect(await current('app')).toBe('backoff');
      });

      test('changes nothing when Pebble refuses the layer', async () => {
        const layer: Layer = { label: 'app', services: { app: { override: 'replace', startup: 'enabled' } } };
        await expect(container.apply(layer)).rejects.toMatchObject({
          code: 'pebble-api',
          status: 400,
          message: 'plan must define "command" for service "app"',
        });
        expect(await container.plan()).toEqual({ services: {}, checks: {}, 'log-targets': {} });
      });
    });

    describe('services', () => {
      const service = { override: 'replace', command: runs } as const;

      test('start, stop and restart ask before they write', async () => {
        await container.addLayer({ label: 'app', services: { app: service } });
        log.take();
        await container.stop('app', 'no-such-service');
        expect(writes()).toEqual([]);
        await container.start('app');
        expect(writes()).toHaveLength(1);
        await container.start('app');
        expect(writes()).toEqual([]);
        await container.restart('app');
        expect(await current('app')).toBe('active');
        await container.stop('app');
        expect(await current('app')).toBe('inactive');
      });

      test('an unknown service cannot be started', async () => {
        await expect(container.start('nothing')).rejects.toThrow(
          'cannot start services: service "nothing" does not exist',
        );
      });

      test('a start brings what a service requires', async () => {
        await container.addLayer({
          label: 'app',
          services: { app: { ...service, requires: ['db'], after: ['db'] }, db: service },
        });
        await container.start('app');
        expect(await current('db')).toBe('active');
      });

      test('a service that fails is restarted after a delay', async () => {
        await container.addLayer({ label: 'app', services: { app: { ...service, command: 'false' } } });
        await expect(container.start('app')).rejects.toThrow(PebbleChangeError);
        expect(await current('app')).toBe('backoff');
        await container.stop('app');
        expect(await current('app')).toBe('inactive');
      });

      test('autostart without enabled services is refused by name', async () => {
        const failure = await container.pebble.autostartServices().catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(PebbleApiError);
        expect(failure).toMatchObject({ status: 400, kind: 'no-default-services' });
      });
    });

    describe('checks', () => {
      test('a check goes down with its reason and comes back', async () => {
        const path = `${pebble.scratch}/healthy`;
        const check = { override: 'replace', period: '300ms', threshold: 2, exec: { command: `cat ${path}` } } as const;
        expect(await container.addLayer({ label: 'health', checks: { health: check } })).toBe(true);
        expect(await container.check('health')).toMatchObject({
          status: 'up',
          failures: 0,
          threshold: 2,
          startup: 'enabled',
        });

        await eventually(pebble, async () => (await container.check('health'))?.status === 'down');
        const down = await container.check('health');
        expect(down?.lastFailure).toBe(`exit status 1; cat: ${path}: No such file or directory`);
        expect(await container.checks()).toHaveLength(1);

        await container.push(path, 'yes');
        await eventually(pebble, async () => (await container.check('health'))?.status === 'up');
        const up = await container.check('health');
        expect(up).toMatchObject({ failures: 0 });
        expect(up).not.toHaveProperty('lastFailure');
        expect(await container.check('no-such-check')).toBeUndefined();
      });

      test('a check below its threshold is up and has a reason', async () => {
        const exec = { command: `cat ${pebble.scratch}/nothing` };
        const check = { override: 'replace', period: '300ms', threshold: 1000, exec } as const;
        await container.addLayer({ label: 'health', checks: { health: check } });
        await eventually(pebble, async () => ((await container.check('health'))?.failures ?? 0) > 0);
        const info = await container.check('health');
        expect(info?.status).toBe('up');
        expect(info?.lastFailure).toContain('exit status 1');
      });

      test('a changed check starts anew, a stopped one is inactive', async () => {
        const check = { override: 'replace', period: '1h', exec: { command: 'cat /x' } } as const;
        await container.addLayer({ label: 'health', checks: { health: check } });
        const [before] = await container.pebble.checks(['health']);
        await container.addLayer({ label: 'health', checks: { health: { ...check, period: '2h' } } });
        const [after] = await container.pebble.checks(['health']);
        expect(after?.changeId).not.toBe(before?.changeId);
        expect(await container.pebble.stopChecks(['health'])).toEqual(['health']);
        expect(await container.pebble.stopChecks(['health'])).toEqual([]);
        expect((await container.check('health'))?.status).toBe('inactive');
        expect(await container.pebble.startChecks(['health'])).toEqual(['health']);
        expect((await container.check('health'))?.status).toBe('up');
      });
    });

    describe('files', () => {
      const at = (path: string): string => `${pebble.scratch}/${path}`;

      test('bytes come back as they went', async () => {
        const bytes = Uint8Array.from({ length: 70_000 }, (_item, index) => (index * 7) % 256);
        const tricky = Buffer.concat([Buffer.from('\r\n--'), bytes, Buffer.from('\r\n--boundary--\r\n')]);
        await container.push(at('binary'), tricky);
        expect(Buffer.from((await container.pullBytes(at('binary'))) ?? []).equals(tricky)).toBe(true);
        await container.push(at('empty'), '');
        expect(await container.pull(at('empty'))).toBe('');
        await container.push(at('text'), 'ünï\ncode\r\n');
        expect(await container.pull(at('text'))).toBe('ünï\ncode\r\n');
      });

      test.each([
        'with "quotes"',
        'back\\slash',
        'both \\" of them\\',
        'ünïcode',
        'blank and ; semi=colon',
        'per%20cent&?#',
      ])('a file may be called %s', async (name) => {
        await container.push(at(name), name);
        expect(await container.pull(at(name))).toBe(name);
        expect((await container.listFiles(pebble.scratch)).map((file) => file.name)).toContain(name);
        await container.removePath(at(name));
        expect(await container.exists(at(name))).toBe(false);
      });

      test('modes and owners are kept', async () => {
        await container.push(at('deep/er/secret'), 's', { permissions: 0o600, makeDirs: true, userId: 0, groupId: 0 });
        const [secret] = await container.listFiles(at('deep/er/secret'));
        expect(secret).toMatchObject({
          name: 'secret',
          type: 'file',
          size: 1,
          permissions: 0o600,
          userId: 0,
          user: 'root',
        });
        await container.makeDir(at('private'), { permissions: 0o700 });
        const [directory] = await container.listFiles(at('private'), { itself: true });
        expect(directory).toMatchObject({ type: 'directory', permissions: 0o700 });
      });

      test('listing filters by name, and what is missing is empty', async () => {
        for (const name of ['a.conf', 'b.conf', 'c.txt']) await container.push(at(name), '');
        const names = (await container.listFiles(pebble.scratch, { pattern: '*.conf' })).map((file) => file.name);
        expect(names).toEqual(['a.conf', 'b.conf']);
        expect(await container.listFiles(at('nothing'))).toEqual([]);
        expect(await container.pull(at('nothing'))).toBeUndefined();
        expect(await container.exists(pebble.scratch)).toBe(true);
      });

      test('failures carry path and kind', async () => {
        await expect(container.push(at('no/parent'), '')).rejects.toMatchObject({
          code: 'pebble-path',
          kind: 'not-found',
        });
        await expect(container.push('relative', '')).rejects.toMatchObject({
          kind: 'generic-file-error',
          path: 'relative',
        });
        await expect(container.pull(pebble.scratch)).rejects.toBeInstanceOf(PebblePathError);
        await expect(container.removePath(at('nothing'))).rejects.toMatchObject({ kind: 'not-found' });
        await container.removePath(at('nothing'), { recursive: true });
        await container.makeDir(at('dir'));
        await expect(container.makeDir(at('dir'))).rejects.toThrow('file exists');
        await container.makeDir(at('dir'), { makeParents: true });
        await container.push(at('dir/file'), '');
        await expect(container.removePath(at('dir'))).rejects.toThrow('directory not empty');
        await container.removePath(at('dir'), { recursive: true });
        expect(await container.exists(at('dir'))).toBe(false);
      });
    });

    describe('exec', () => {
      test('returns both outputs and the exit code', async () => {
        expect(await container.exec(['sh', '-c', 'echo out; echo err >&2; exit 3'])).toEqual({
          exitCode: 3,
          stdout: 'out\n',
          stderr: 'err\n',
        });
      });

      test('passes standard input, environment and directory', async () => {
        const long = 'línea\n'.repeat(30_000);
        expect((await container.exec(['cat'], { stdin: long })).stdout).toBe(long);
        expect((await container.exec(['cat'])).stdout).toBe('');
        expect((await container.exec(['printenv', 'A'], { environment: { A: 'b c' } })).stdout).toBe('b c\n');
        expect((await container.exec(['pwd'], { workingDir: pebble.scratch })).stdout).toBe(`${pebble.scratch}\n`);
        const service = { override: 'replace', command: runs, environment: { A: 'of the service' } } as const;
        await container.addLayer({ label: 'app', services: { app: service } });
        expect((await container.exec(['printenv', 'A'], { serviceContext: 'app' })).stdout).toBe('of the service\n');
      });

      test('refuses what cannot run', async () => {
        await expect(container.exec(['/no/such'])).rejects.toThrow('cannot find executable "/no/such"');
        await expect(container.exec(['cat'], { serviceContext: 'none' })).rejects.toThrow(
          'context service "none" not found',
        );
        await expect(container.exec(['cat'], { user: 'nobody-of-that-name' })).rejects.toBeInstanceOf(PebbleApiError);
      });

      test('ends a command that takes too long', async () => {
        await expect(container.exec(['sleep', '30'], { timeoutMs: 200 })).rejects.toBeInstanceOf(PebbleTimeoutError);
      });
    });
  });
}
