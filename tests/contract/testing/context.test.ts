import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import {
  Cluster,
  Context,
  type EventChoice,
  relation,
  secret,
  state,
  type State,
  TestingError,
} from '@charm-ts/testing';
import { GreeterCharm } from './greeter-charm.js';

// The first hook that reaches Kubernetes loads its client, which takes seconds on a busy machine.
jest.setTimeout(30_000);

let cluster: Cluster;
let context: Context;

beforeAll(async () => {
  cluster = await Cluster.start();
  context = new Context(GreeterCharm, { cluster });
});
afterAll(async () => {
  await cluster.close();
});

const containers = { web: { canConnect: true } };

describe('one event', () => {
  test('shows everything that it has brought about', async () => {
    const greeting = relation('greeting', { remoteApp: 'client', remoteAppData: { who: 'me' } });
    const before = state({ leader: true, relations: [greeting], containers, config: { word: 'hi' } });
    const out = await context.run((on) => on.relationChanged(greeting), before);
    expect(out.exitCode).toBe(0);
    expect(out.unitStatus).toEqual({ name: 'active', message: 'plain' });
    expect(out.containers.web.services).toEqual({ web: 'active' });
    expect(out.containers.web.read('/etc/word')).toBe('hi');
    expect(out.containers.web.mode('/etc/word')).toBe(0o600);
    expect(out.relation(greeting).localAppData).toEqual({ word: 'hi' });
    expect(out.storedState).toEqual({ word: 'hi' });
    expect(out.ports).toEqual(['8080/tcp']);
    expect(out.workloadVersion).toBe('1.0');
    expect(out.kubernetes.writes.map(({ kind, verb }) => [kind, verb])).toEqual([['ConfigMap', 'apply']]);
    expect(out.kubernetes.get('ConfigMap', 'greeting')?.['data']).toEqual({ word: 'hi' });
    expect(out.hookTools.map(({ tool }) => tool)).toContain('relation-set');
  });

  test('gives a state for the next one, in which nothing is left to do', async () => {
    const first = await context.run((on) => on.configChanged(), state({ leader: true, containers }));
    const second = await context.run((on) => on.updateStatus(), first.state);
    expect(second.kubernetes.writes.map(({ changed }) => changed)).toEqual([false]);
    expect(second.journal.map(({ kind }) => kind)).not.toContain('pebble-service');
    expect(second.containers.web.services).toEqual({ web: 'active' });
  });

  test('sees a container that does not answer', async () => {
    const out = await context.run((on) => on.start(), state({ containers: { web: { canConnect: false } } }));
    expect(out.containers.web.services).toEqual({});
  });

  test('sees the network that the state gives to the pod', async () => {
    const out = await context.run((on) => on.updateStatus(), state({ pod: 'protected', containers }));
    expect(out.unitStatus.message).toBe('overlay');
  });

  test('runs an action with the defaults of its parameters given by the caller', async () => {
    const out = await context.run((on) => on.action('greet', { who: 'all' }), state({ config: { word: 'hi' } }));
    expect(out.action).toMatchObject({ status: 'completed', results: { text: 'hi all' } });
  });
});

describe('a charm that throws', () => {
  const failing = state({ leader: true, config: { word: 'fail' } });

  test('rejects the run with its own error as the cause', async () => {
    await expect(context.run((on) => on.configChanged(), failing)).rejects.toMatchObject({
      code: 'hook-failed',
      message: 'greeter/0 config-changed: the word is fail',
      cause: { message: 'the word is fail' },
    });
  });

  test('shows what is left when failures are allowed', async () => {
    const out = await context.run((on) => on.configChanged(), failing, { allowFailure: true });
    expect([out.exitCode, out.storedState, out.kubernetes.writes]).toEqual([1, {}, []]);
  });
});

describe('access', () => {
  test('a secret that is not granted is refused', async () => {
    const key = secret({ password: 'p' }, { granted: false });
    const before = state({ config: { key: key.id }, secrets: [key] });
    await expect(context.run((on) => on.configChanged(), before)).rejects.toMatchObject({
      cause: { code: 'secret-access' },
    });
  });

  test('an application without trust is forbidden to write', async () => {
    await expect(context.run((on) => on.configChanged(), state({ trust: false }))).rejects.toMatchObject({
      cause: { code: 'kubernetes-forbidden' },
    });
  });
});

describe('what cannot be is refused', () => {
  const key = secret({ password: 'p' });
  const own = secret({ password: 'p' }, { owner: 'application' });
  const nope = relation('nope');
  const greeting = relation('greeting', { id: 4, remoteApp: 'client' });
  const layers = { web: { checks: { up: { override: 'replace', tcp: { port: 80 } } } } };
  const checked = { web: { canConnect: true, layers } };

  test.each<[string, EventChoice, State, string, string]>([
    [
      'an endpoint that the charm does not have',
      (on) => on.relationChanged(nope),
      state({ relations: [nope] }),
      'unknown-endpoint',
      'the charm has no endpoint "nope" (it has greeting)',
    ],
    [
      'a relation that is not in the state',
      (on) => on.relationChanged(greeting),
      state(),
      'unknown-relation',
      'relation-changed: the relation greeting:4 is not in the state; give it in state({ relations })',
    ],
    [
      'a unit that is not in the relation',
      (on) => on.relationChanged(greeting, { unit: 3 }),
      state({ relations: [greeting] }),
      'unknown-unit',
      'relation-changed: client/3 is not in the relation greeting:4; give it in remoteUnitsData',
    ],
    [
      'somebody who joins, and nobody is there',
      (on) => on.relationJoined({ ...greeting, remoteUnitsData: {} }),
      state({ relations: [{ ...greeting, remoteUnitsData: {} }] }),
      'unknown-unit',
      'relation-joined: client has no unit in the relation; say which: { unit: 0 }',
    ],
    [
      'a container that the charm does not have',
      (on) => on.pebbleReady('nope'),
      state({ containers }),
      'unknown-container',
      'the charm has no container "nope" (it has web)',
    ],
    [
      'such a container in the state',
      (on) => on.updateStatus(),
      state({ containers: { wbe: { canConnect: true } } }),
      'unknown-container',
      'the charm has no container "wbe" (it has web)',
    ],
    [
      'a check that the container does not have',
      (on) => on.pebbleCheckFailed('web', 'nope'),
      state({ containers: checked }),
      'unknown-check',
      'pebble-check-failed: container web has no check "nope" (it has up); give it in a layer of the state, or say { removed: true } when the charm has removed it meanwhile',
    ],
    [
      'a secret that is not in the state',
      (on) => on.secretChanged(key),
      state(),
      'unknown-secret',
      `secret-changed: ${key.id} is not in the state; give it in state({ secrets }), or say { removed: true } when it was removed meanwhile`,
    ],
    [
      "the rotation of a user's secret",
      (on) => on.secretRotate(key),
      state({ secrets: [key] }),
      'bad-argument',
      `secret-rotate goes to the owner of a secret, and ${key.id} is a user's`,
    ],
    [
      'an action that the charm does not have',
      (on) => on.action('nope'),
      state(),
      'unknown-action',
      'the charm has no action "nope" (it has greet)',
    ],
    [
      'a layer that Pebble does not take',
      (on) => on.updateStatus(),
      state({ containers: { web: { canConnect: true, layers: { web: { services: 3 } } } } }),
      'bad-argument',
      "the state's layers or services: /v1/layers: ",
    ],
  ])('%s', async (_what, choose, before, code, message) => {
    const run = context.run(choose, before);
    await expect(run).rejects.toBeInstanceOf(TestingError);
    await expect(run).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  test.each<[string, EventChoice, State]>([
    ['a relation that is gone breaks', (on) => on.relationBroken(greeting), state()],
    [
      'a unit that is gone departs',
      (on) => on.relationDeparted(greeting, { unit: 3 }),
      state({ relations: [greeting] }),
    ],
    ['a check of the plan', (on) => on.pebbleCheckFailed('web', 'up'), state({ containers: checked })],
    ['a check of a Pebble that is away', (on) => on.pebbleCheckFailed('web', 'up'), state()],
    [
      'a check that the charm has removed meanwhile',
      (on) => on.pebbleCheckRecovered('web', 'old', { removed: true }),
      state({ containers }),
    ],
    ['a secret that may not be read', (on) => on.secretChanged({ ...key, granted: false }), state({ secrets: [key] })],
    ['a secret that was removed meanwhile', (on) => on.secretChanged(key, { removed: true }), state()],
    ["the rotation of the charm's own secret", (on) => on.secretRotate(own), state({ secrets: [own] })],
  ])('possible: %s', async (_what, choose, before) => {
    expect((await context.run(choose, before)).exitCode).toBe(0);
  });
});
