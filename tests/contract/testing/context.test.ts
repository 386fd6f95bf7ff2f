import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Cluster, Context, relation, secret, state } from '@charm-ts/testing';
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

test('a relation of an endpoint that the charm does not have is a mistake of the test', async () => {
  const wrong = relation('nope');
  await expect(context.run((on) => on.relationChanged(wrong), state({ relations: [wrong] }))).rejects.toMatchObject({
    code: 'unknown-endpoint',
  });
});
