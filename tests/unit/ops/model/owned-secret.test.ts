import { existsSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  type CharmHost,
  type HookToolInvocation,
  type HookToolResult,
  type HookTools,
  NotLeaderError,
  SecretContentError,
  SecretNotFoundError,
} from '@charm-ts/ops';
import { fails, FakeHookTools } from '../fake-hook-tools.js';
import { charmThat, type HelloCharm, reconcile, reconciling, run } from '../hello-charm.js';

const id = 'secret:d0erdgfmp25c762i8np0';
const password = 'correct horse battery staple';

interface SeenFile {
  readonly path: string;
  readonly content: string;
  readonly mode: number;
}

/** Answers like {@link FakeHookTools} and reads the files that a `key#file=path` argument names, while they are there. */
class ReadingHookTools implements HookTools {
  readonly files: SeenFile[] = [];
  readonly fake = new FakeHookTools({
    'config-get': {},
    'is-leader': true,
    'state-get': {},
    'secret-get': fails('secret "admin" not found'),
    'secret-info-get': {
      d0erdgfmp25c762i8np0: { revision: 3, label: 'admin', owner: 'application', rotation: 'monthly' },
    },
  });

  run(invocation: HookToolInvocation): Promise<HookToolResult> {
    for (const argument of invocation.args) {
      const [, path] = /^[a-z-]+#file=(.*)$/.exec(argument) ?? [];
      if (path === undefined) continue;
      this.files.push({ path, content: readFileSync(path, 'utf8'), mode: statSync(path).mode & 0o777 });
    }
    if (invocation.tool === 'secret-add') return Promise.resolve({ exitCode: 0, stdout: `${id}\n`, stderr: '' });
    return this.fake.run(invocation);
  }
}

const work = async (
  handler: (charm: HelloCharm) => Promise<void>,
): Promise<{ tools: ReadingHookTools; said: string }> => {
  const tools = new ReadingHookTools();
  const said: string[] = [];
  const host: Partial<CharmHost> = { hookTools: { run: (call) => (said.push(call.args.join(' ')), tools.run(call)) } };
  const { outcome } = await run(reconciling(handler), {}, {}, host);
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- whatever the handler threw
  if (outcome.error !== undefined) throw outcome.error;
  return { tools, said: said.join('\n') };
};

describe('content that the charm writes', () => {
  test('goes through files that only this user can read, and that are gone afterwards', async () => {
    const { tools, said } = await work(async ({ app }) => {
      await app.addSecret({ username: 'admin', password }, { label: 'admin', description: 'login', rotate: 'monthly' });
    });
    expect(tools.files.map(({ content, mode }) => ({ content, mode }))).toEqual([
      { content: 'admin', mode: 0o600 },
      { content: password, mode: 0o600 },
    ]);
    expect(tools.files.filter(({ path }) => existsSync(path))).toEqual([]);
    expect(said).not.toContain(password);
    expect(said).toMatch(
      /^--label admin --description login --rotate monthly --owner application username#file=\S+ password#file=\S+$/m,
    );
  });

  test('is gone from the disk also when Juju refuses it', async () => {
    const seen: string[] = [];
    const refusing: HookTools = {
      run: ({ tool, args }) => {
        seen.push(...args.filter((argument) => argument.includes('#file=')));
        const failed = { exitCode: 1, stdout: '', stderr: 'ERROR this unit is not the leader\n' };
        return Promise.resolve(tool === 'secret-add' ? failed : { exitCode: 0, stdout: 'null', stderr: '' });
      },
    };
    const charm = reconciling(async ({ app }) => {
      await app.addSecret({ password });
    });
    const { outcome } = await run(charm, {}, {}, { hookTools: refusing });
    expect(outcome.error).toBeInstanceOf(NotLeaderError);
    expect(seen).toHaveLength(1);
    expect(existsSync(seen[0]?.split('=')[1] ?? '/')).toBe(false);
  });

  test('is what a reader in the same hook gets', async () => {
    const { tools } = await work(async ({ app, unit }) => {
      const added = await app.addSecret({ password: 'one' });
      expect(await added.content({ refresh: true })).toEqual({ password: 'one' });
      await added.setContent({ password: 'two' });
      expect(await added.content({ refresh: true })).toEqual({ password: 'two' });
      expect(await (await unit.addSecret({ password: 'three' })).id()).toBe(id);
    });
    expect(tools.fake.lines.filter((line) => line.startsWith('secret-get'))).toEqual([]);
  });

  test.each([[{}], [{ ab: 'too short' }], [{ Upper: 'x' }], [{ 'ends-': 'x' }]])(
    '%j is refused before Juju sees it',
    async (content) => {
      await expect(
        work(async ({ app }) => {
          await app.addSecret(content);
        }),
      ).rejects.toBeInstanceOf(SecretContentError);
    },
  );
});

describe('a secret by its label', () => {
  test('is undefined when there is none', async () => {
    const { result } = await reconcile(({ model }) => model.secretByLabel('admin'), {
      'secret-get': fails('secret "admin" not found'),
    });
    expect(result).toBeUndefined();
  });

  test('is read once, at its latest revision', async () => {
    const { tools } = await reconcile(
      async ({ model }) => {
        const [first, second] = [await model.secretByLabel('admin'), await model.secretByLabel('admin')];
        expect(first).toBe(second);
        expect(await first?.content({ refresh: true })).toEqual({ password: 'x' });
      },
      { 'secret-get': { password: 'x' } },
    );
    expect(tools.lines.filter((line) => line.startsWith('secret-'))).toEqual([
      'secret-get --format=json --label admin --refresh',
    ]);
  });

  test('has its identifier from the owner’s view, asked for when first needed', async () => {
    const { tools } = await reconcile(
      async ({ model }) => {
        const secret = await model.secretByLabel('admin');
        await secret?.grant({ id: 7 });
        await secret?.revoke({ id: 7 }, { name: 'gluetun/0' });
        await secret?.setDetails({ rotate: 'yearly' });
        await secret?.removeRevision(2);
        await secret?.remove();
        expect(await secret?.info()).toMatchObject({ id, revision: 3, rotation: 'monthly' });
      },
      {
        'secret-get': { password: 'x' },
        'secret-info-get': { d0erdgfmp25c762i8np0: { revision: 3, label: 'admin', rotation: 'monthly' } },
      },
    );
    expect(tools.writes.filter((line) => line.startsWith('secret-'))).toEqual([
      `secret-grant --relation 7 ${id}`,
      `secret-revoke --relation 7 --unit gluetun/0 ${id}`,
      `secret-set --rotate yearly ${id}`,
      `secret-remove ${id} --revision 2`,
      `secret-remove ${id}`,
    ]);
  });

  test('of another owner has no identifier to tell', async () => {
    const asked = reconcile(async ({ model }) => (await model.secretByLabel('theirs'))?.id(), {
      'secret-get': { password: 'x' },
      'secret-info-get': fails('secret "theirs" not found'),
    });
    await expect(asked).rejects.toBeInstanceOf(SecretNotFoundError);
  });
});

test('secret-rotate and secret-remove reach their handlers and not the reconciler', async () => {
  const seen: string[] = [];
  const charm = charmThat(({ on }, framework) => {
    framework.reconcile(() => Promise.resolve(void seen.push('reconcile')));
    framework.observe(on.secretRotate, ({ label }) => Promise.resolve(void seen.push(`rotate ${label ?? ''}`)));
    framework.observe(on.secretRemove, ({ revision }) => Promise.resolve(void seen.push(`remove ${revision ?? 0}`)));
  });
  const secret = { JUJU_SECRET_ID: id, JUJU_SECRET_LABEL: 'admin' };
  await run(charm, {}, { JUJU_DISPATCH_PATH: 'hooks/secret-rotate', ...secret });
  await run(charm, {}, { JUJU_DISPATCH_PATH: 'hooks/secret-remove', ...secret, JUJU_SECRET_REVISION: '2' });
  await run(charm, {}, { JUJU_DISPATCH_PATH: 'hooks/secret-changed', ...secret });
  expect(seen).toEqual(['rotate admin', 'remove 2', 'reconcile']);
});

test('storages are those that the unit has', async () => {
  const { result } = await reconcile(
    async ({ model }) => {
      const [first] = await model.storages('data');
      return { id: first?.id, name: first?.name, location: await first?.location() };
    },
    { 'storage-list': ['data/0'], 'storage-get': { kind: 'filesystem', location: '/var/lib/juju/storage/data/0' } },
  );
  expect(result).toEqual({ id: 'data/0', name: 'data', location: '/var/lib/juju/storage/data/0' });
});
