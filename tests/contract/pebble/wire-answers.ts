import { badLayers } from './bad-layers.js';
import { normalise } from './normalise.js';
import { eventually, type PebbleUnderTest } from './pebble-under-test.js';
import { json, layerRequest, layerText, pushRequest, rawAsk, type Question, type WireAnswer } from './raw-ask.js';

/** Answers by the name of the situation. */
export type WireAnswers = Readonly<Record<string, WireAnswer>>;

type Ask = (name: string, line: string, question?: Question) => Promise<WireAnswer>;

const running = { override: 'replace', command: 'sleep 1000' };

/** Asks a Pebble what charms and other clients ask, without the client under test. */
export const wireGroups: Readonly<Record<string, (ask: Ask, pebble: PebbleUnderTest) => Promise<void>>> = {
  system: async (ask) => {
    await ask('system info', 'GET /v1/system-info');
    await ask('health without checks', 'GET /v1/health');
    await ask('unknown level', 'GET /v1/health?level=good');
    await ask('unknown path', 'GET /v1/nothing');
    await ask('unknown method', 'POST /v1/plan', json({}));
    await ask('unknown change', 'GET /v1/changes/999');
    await ask('unknown selection', 'GET /v1/changes?select=some');
    await ask('no changes', 'GET /v1/changes?select=all');
  },
  layers: async (ask) => {
    const add = (name: string, label: string, layer: unknown, combine = false): Promise<WireAnswer> =>
      ask(name, 'POST /v1/layers', layerRequest(label, layer, combine));
    const plan = (name: string): Promise<WireAnswer> => ask(name, 'GET /v1/plan?format=yaml');
    await plan('empty plan');
    await ask('unknown plan format', 'GET /v1/plan?format=json');
    await ask('no label', 'POST /v1/layers', json({ action: 'add', format: 'yaml', layer: '{}' }));
    await ask('unknown action', 'POST /v1/layers', json({ action: 'drop', label: 'a', format: 'yaml', layer: '' }));
    await ask('unknown format', 'POST /v1/layers', json({ action: 'add', label: 'a', format: 'json', layer: '' }));
    for (const [name, layer] of Object.entries(badLayers)) await add(name, 'bad', layer);
    await add('reserved label', 'pebble-own', {});
    await plan('a refused layer leaves no trace');
    await add('first layer', 'base', {
      summary: 'base',
      services: {
        web: { ...running, after: ['db'], requires: ['db'], environment: { B: 'two', A: 'one' }, startup: 'enabled' },
        db: { ...running, 'user-id': 0, 'group-id': 0, 'kill-delay': '90s', 'backoff-factor': 2, summary: '' },
      },
      checks: {
        port: { override: 'replace', startup: 'disabled', level: 'alive', period: '3600s', tcp: { port: 80 } },
      },
    });
    await plan('plan of one layer');
    await add('same label again', 'base', {});
    await add('merge on top', 'top', {
      services: { web: { override: 'merge', after: ['cache'], environment: { A: 'changed', C: 'three' } } },
      checks: { port: { override: 'merge', threshold: 7, tcp: { host: 'db.example' } } },
    });
    await plan('plan of two layers');
    await add('combine with a lower layer', 'base', { services: { db: { ...running, command: 'sleep 2000' } } }, true);
    await plan('plan after combining');
    await ask('layer with nothing in it', 'POST /v1/layers', layerText('empty', ''));
    await ask('layer that is no YAML', 'POST /v1/layers', layerText('broken', '[}'));
  },
  services: async (ask) => {
    const post = (name: string, action: string, services: readonly string[]): Promise<WireAnswer> =>
      ask(name, 'POST /v1/services', json({ action, services }));
    const act = async (name: string, action: string, services: readonly string[]): Promise<void> => {
      const { body } = await post(name, action, services);
      await ask(`${name}: the change`, `GET /v1/changes/${rawChangeId(body)}/wait?timeout=10s`);
    };
    await post('autostart without services', 'autostart', []);
    await post('no names', 'start', []);
    await post('names in a replan', 'replan', ['web']);
    await post('unknown action', 'bounce', ['web']);
    await post('unknown service', 'start', ['nothing']);
    await post('stop an unknown service', 'stop', ['nothing']);
    await act('replan of nothing', 'replan', []);
    const services = {
      web: { ...running, requires: ['db'], after: ['db'], startup: 'enabled' },
      db: running,
      idle: running,
    };
    await ask('layer', 'POST /v1/layers', layerRequest('base', { services }, false));
    await ask('before the start', 'GET /v1/services');
    await act('start one that is required', 'start', ['db']);
    await act('start both', 'start', ['web']);
    await ask('running', 'GET /v1/services?names=web,db,nothing');
    await act('start again', 'start', ['web']);
    await act('restart', 'restart', ['web']);
    await act('stop with dependents', 'stop', ['db']);
    await act('stop again', 'stop', ['db']);
    await act('stop what never ran', 'stop', ['idle']);
    await ask('stopped', 'GET /v1/services');
    await act('autostart', 'autostart', []);
    const changed = { ...running, command: 'sleep 2000' };
    await ask('changed layer', 'POST /v1/layers', layerRequest('base', { services: { db: changed } }, true));
    await act('replan', 'replan', []);
    await ask(
      'failing layer',
      'POST /v1/layers',
      layerRequest('bad', { services: { bad: { ...running, command: 'false' } } }, false),
    );
    await act('start of what fails', 'start', ['bad']);
    await ask('waits for its next try', 'GET /v1/services?names=bad');
    await act('stop while it waits', 'stop', ['bad']);
  },
  checks: async (ask, pebble) => {
    const path = `${pebble.scratch}/healthy`;
    const check = {
      override: 'replace',
      period: '500ms',
      threshold: 2,
      level: 'ready',
      exec: { command: `cat ${path}` },
    };
    const never = { override: 'replace', period: '1h', http: { url: 'http://127.0.0.1:1/' } };
    const layer = { checks: { live: check, slow: never, off: { ...never, startup: 'disabled' } } };
    const status = async (): Promise<Readonly<Record<string, unknown>>> =>
      first((await rawAsk(pebble, 'GET /v1/checks?names=live')).body);
    const change = async (name: string, key: string): Promise<void> => {
      await ask(name, `GET /v1/changes/${String((await status())[key])}`);
    };
    await ask('no checks', 'GET /v1/checks');
    await ask('layer', 'POST /v1/layers', layerRequest('health', layer, false));
    await ask('fresh checks', 'GET /v1/checks');
    await ask('ready checks', 'GET /v1/checks?level=ready');
    await eventually(pebble, async () => (await status())['status'] === 'down');
    await ask('down', 'GET /v1/checks?names=live,nothing');
    await ask('health while down', 'GET /v1/health?level=ready');
    await ask('health of another level', 'GET /v1/health?level=alive');
    await change('the change that failed', 'prev-change-id');
    await change('the change that recovers', 'change-id');
    await eventually(pebble, async () => status().then(({ failures }) => failures === 3));
    await change('the change that recovers, one failure later', 'change-id');
    await rawAsk(pebble, 'POST /v1/files', pushRequest(path, 'yes'));
    await eventually(pebble, async () => (await status())['status'] === 'up');
    await ask('up again', 'GET /v1/checks?names=live');
    await change('the change that recovered', 'prev-change-id');
    const { 'change-id': before } = await status();
    await ask('stop', 'POST /v1/checks', json({ action: 'stop', checks: ['live', 'off'] }));
    await eventually(pebble, async () => {
      const { body } = await rawAsk(pebble, `GET /v1/changes/${String(before)}`);
      return resultOf(body)['ready'] === true;
    });
    await ask('the change of a stopped check', `GET /v1/changes/${String(before)}`);
    await ask('stopped', 'GET /v1/checks?names=live');
    await ask('replan', 'POST /v1/services', json({ action: 'replan' }));
    await ask('after the replan', 'GET /v1/checks?names=off');
    await ask('start', 'POST /v1/checks', json({ action: 'start', checks: ['off', 'slow'] }));
    await ask('unknown check', 'POST /v1/checks', json({ action: 'start', checks: ['nothing', 'live'] }));
    await ask('no check named', 'POST /v1/checks', json({ action: 'start' }));
    await ask('unknown action', 'POST /v1/checks', json({ action: 'bounce', checks: ['live'] }));
  },
  files: async (ask, { scratch }) => {
    const get = (name: string, query: string, headers = {}): Promise<WireAnswer> =>
      ask(name, `GET /v1/files?${query}`, { headers });
    const post = (name: string, payload: unknown): Promise<WireAnswer> => ask(name, 'POST /v1/files', json(payload));
    const multipart = { Accept: 'multipart/form-data' };
    const list = `action=list&path=${scratch}`;
    await get('unknown action', 'action=look');
    await get('no path', 'action=list');
    await get('relative path', 'action=list&path=a');
    await get('missing path', `${list}/nothing`);
    await get('empty directory', list);
    await ask('write', 'POST /v1/files', pushRequest(`${scratch}/a`, 'content', { permissions: '640' }));
    await ask('write relative', 'POST /v1/files', pushRequest('a', 'content'));
    await ask('write with a bad mode', 'POST /v1/files', pushRequest(`${scratch}/b`, '', { permissions: '0640' }));
    await ask('write for nobody', 'POST /v1/files', pushRequest(`${scratch}/b`, '', { user: 'no-such-user' }));
    await ask('write deep', 'POST /v1/files', pushRequest(`${scratch}/d/e/f`, '', { 'make-dirs': true }));
    await get('directory', list);
    await get('one file', `${list}/a`);
    await get('directory itself', `${list}&itself=true`);
    await get('by pattern', `${list}&pattern=${encodeURIComponent('[ab]')}`);
    await get('neither true nor false', `${list}&itself=perhaps`);
    await get('read', `action=read&path=${scratch}/a`, multipart);
    await get('read what is missing', `action=read&path=${scratch}/nothing`, multipart);
    await get('read a directory', `action=read&path=${scratch}/d`, multipart);
    await get('read as JSON', `action=read&path=${scratch}/a`);
    await get('read nothing', 'action=read', multipart);
    await post('make a directory', { action: 'make-dirs', dirs: [{ path: `${scratch}/m`, permissions: '700' }] });
    await post('make it again', { action: 'make-dirs', dirs: [{ path: `${scratch}/m` }] });
    await post('make it with parents', { action: 'make-dirs', dirs: [{ path: `${scratch}/m`, 'make-parents': true }] });
    await post('make without parent', { action: 'make-dirs', dirs: [{ path: `${scratch}/n/o` }] });
    await post('remove what is missing', { action: 'remove', paths: [{ path: `${scratch}/n` }] });
    await post('remove what is full', { action: 'remove', paths: [{ path: `${scratch}/d` }] });
    await post('remove all of it', { action: 'remove', paths: [{ path: `${scratch}/d`, recursive: true }] });
    await post('write without multipart', { action: 'write' });
    await post('unknown action by post', { action: 'move' });
    await ask('text', 'POST /v1/files', { headers: { 'Content-Type': 'text/plain' }, body: '' });
  },
  exec: async (ask) => {
    const exec = (name: string, payload: unknown): Promise<WireAnswer> => ask(name, 'POST /v1/exec', json(payload));
    await exec('no command', { command: [] });
    await exec('unknown program', { command: ['/no/such'] });
    await exec('unknown service', { command: ['cat'], 'service-context': 'nothing' });
    await exec('unknown user', { command: ['cat'], user: 'no-such-user' });
    await exec('bad time-out', { command: ['cat'], timeout: 'soon' });
    const { body } = await exec('accepted', { command: ['cat'], 'working-dir': '/tmp' });
    await ask('running', `GET /v1/changes/${rawChangeId(body)}`);
    await ask('not ended in time', `GET /v1/changes/${rawChangeId(body)}/wait?timeout=100ms`);
    await ask('no websocket of that name', `GET /v1/tasks/${rawTaskId(body)}/websocket/stdall`, upgrade);
    await ask('no such task', 'GET /v1/tasks/999/websocket/stdio', upgrade);
  },
};

const upgrade = {
  headers: {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
  },
};

/** The answers of one group of situations. */
export async function answersOf(group: string, pebble: PebbleUnderTest): Promise<WireAnswers> {
  const answers: Record<string, WireAnswer> = {};
  const ask: Ask = async (name, line, question) => {
    const raw = await rawAsk(pebble, line, question);
    answers[name] = normalise(raw, pebble.scratch);
    return raw;
  };
  await wireGroups[group]?.(ask, pebble);
  return answers;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function resultOf(body: unknown): Readonly<Record<string, unknown>> {
  return fieldsOf(fieldsOf(body)['result']);
}

function first(body: unknown): Readonly<Record<string, unknown>> {
  return fieldsOf(Object.values(resultOf(body))[0]);
}

function rawChangeId(body: unknown): string {
  return String(fieldsOf(body)['change']);
}

function rawTaskId(body: unknown): string {
  return String(resultOf(body)['task-id']);
}
