import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { rmSync } from 'node:fs';
import { Cluster, RealClock, Sandbox } from '@charm-ts/testing';
import { shellCharm } from './shell-charm.js';

// Every hook tool is a process of its own, which takes its time on a busy machine.
jest.setTimeout(30_000);

let cluster: Cluster;
let sandbox: Sandbox;
const folders: string[] = [];

beforeAll(async () => {
  cluster = await Cluster.start();
});
afterAll(async () => {
  await cluster.close();
});
beforeEach(async () => {
  sandbox = await Sandbox.create({ cluster, clock: new RealClock() });
});
afterEach(async () => {
  await sandbox.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function deploy(script: string): Promise<void> {
  const folder = shellCharm(script);
  folders.push(folder);
  await sandbox.deploy(folder, 'app');
}

const only = (hook: string, script: string): string => `case "$JUJU_DISPATCH_PATH" in ${hook}) ${script};; esac\n`;

describe('a packed charm', () => {
  test('runs in its own folder with exactly the environment of Juju', async () => {
    await deploy(only('hooks/start', '. ./lib/common; env | sort; echo "pwd $(pwd) $greeting" >&2'));
    await sandbox.settle();
    expect(sandbox.failures).toEqual([]);
    const stdout = sandbox.logs.filter((line) => line.hook === 'start' && line.level === 'DEBUG');
    const names = stdout.flatMap(({ message }) => message.split('\n').map((line) => line.split('=')[0]));
    expect(names.filter((name) => !/^(JUJU|KUBERNETES)_/.test(name ?? '')).sort()).toEqual(
      // The last ones are the shell's own.
      ['APT_LISTCHANGES_FRONTEND', 'CHARM_DIR', 'CLOUD_API_VERSION', 'DEBIAN_FRONTEND', 'LANG', 'PATH', 'PWD', 'TERM'],
    );
    expect(sandbox.logs.find((line) => line.level === 'WARNING')?.message).toBe(
      `pwd ${sandbox.pod('app/0').charmDir} hello`,
    );
  });

  test('reaches the hook tools, with standard input, exit codes and texts', async () => {
    await deploy(
      only(
        'hooks/start',
        [
          'printf "a: 1\\nb: two\\n" | state-set --file -',
          'port=$(config-get port)',
          'code=0; text=$(relation-get -r 9 2>&1) || code=$?',
          'status-set blocked -- "$port $code $text"',
        ].join('; '),
      ),
    );
    await sandbox.settle();
    expect(sandbox.status('app/0')).toEqual({
      name: 'blocked',
      message: '80 2 ERROR invalid value "9" for option -r: relation not found',
    });
    expect(Object.fromEntries(sandbox.model.unit('app/0').state)).toEqual({ a: '1', b: 'two' });
  });

  test('that fails keeps nothing but its status, and is run again when resolved', async () => {
    await deploy(only('hooks/start', 'state-set a=1; status-set maintenance -- half; [ -e lib/ok ]'));
    await sandbox.settle();
    expect(sandbox.status('app/0')).toEqual({ name: 'error', message: 'hook failed: "start"' });
    expect(sandbox.model.unit('app/0').status).toEqual({ name: 'maintenance', message: 'half' });
    expect(sandbox.model.unit('app/0').state.size).toBe(0);
    sandbox.retry('app/0');
    expect(await sandbox.step()).toEqual({ unit: 'app/0', hook: 'start' });
  });

  test('that dies of a signal has its hook queued again', async () => {
    await deploy(only('hooks/start', '[ -e waited ] || { touch waited; status-set waiting -- now; kill -TERM $$; }'));
    await sandbox.settle();
    expect(sandbox.journal.of('hook-end').map(({ detail }) => detail)).toContain(
      'start: killed by SIGTERM, queued again',
    );
    expect(sandbox.status('app/0').name).toBe('waiting');
    expect(sandbox.model.unit('app/0').memory.started).toBe(true);
  });

  test('can be killed from outside with its whole process group', async () => {
    await deploy(only('hooks/start', 'status-set waiting -- asleep; sleep 60'));
    const stopListening = sandbox.journal.subscribe(({ kind, detail }) => {
      if (kind === 'status' && detail === 'waiting: asleep') sandbox.killHook('app/0');
    });
    await sandbox.waitFor(() => sandbox.failures[0]);
    stopListening();
    expect(sandbox.failures[0]?.outcome).toEqual({ kind: 'killed', signal: 'SIGTERM' });
  });

  test('loses what it wrote into its folder with its pod', async () => {
    await deploy(only('hooks/start', 'touch mark') + only('hooks/upgrade-charm', '[ ! -e mark ]; status-set active'));
    await sandbox.settle();
    sandbox.deletePod('app/0');
    await sandbox.settle();
    expect(sandbox.failures).toEqual([]);
    expect(sandbox.status('app/0').name).toBe('active');
  });

  test('runs actions, with its output among the results', async () => {
    await deploy(only('actions/greet', 'action-set text="hello $(action-get who)"; action-log -- done; echo out'));
    await sandbox.settle();
    expect(await sandbox.run('app/0', 'greet', { who: 'you' })).toEqual({
      id: '1',
      status: 'completed',
      message: '',
      results: { text: 'hello you', stdout: 'out\n' },
      log: ['done'],
    });
  });

  test('without an executable dispatch has its hooks skipped', async () => {
    await deploy('');
    rmSync(`${folders[0] ?? ''}/dispatch`);
    await sandbox.settle();
    expect(sandbox.failures).toEqual([]);
    expect(sandbox.model.unit('app/0').memory.started).toBe(true);
  });
});
