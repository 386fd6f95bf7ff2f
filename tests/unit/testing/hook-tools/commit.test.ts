import { describe, expect, test } from '@jest/globals';
import { hook, relatedModel, succeed, tool } from './tool-fixture.js';

describe('what Juju keeps only after success', () => {
  test('is seen by the hook itself at once and by nobody else', () => {
    const model = relatedModel();
    const context = hook(model, 'a/0');
    tool(context, 'relation-set -r 0 --app --file -', '{"config": "1", "other": "2"}');
    tool(context, 'relation-set -r 0 --app other=');
    tool(context, 'state-set --file -', 'key: value\n');
    expect(tool(context, 'relation-get -r 0 --app - a --format=json').stdout).toBe('{"config":"1"}\n');
    expect(tool(context, 'state-get key').stdout).toBe('value\n');
    expect(tool(hook(model, 'b/0'), 'relation-get -r 0 --app - a --format=json').stdout).toBe('{}\n');
    succeed(context);
    expect(tool(hook(model, 'b/0'), 'relation-get -r 0 --app - a --format=json').stdout).toBe('{"config":"1"}\n');
    expect(tool(hook(model, 'a/0'), 'state-get key').stdout).toBe('value\n');
  });

  test('is gone when the hook fails or is killed', () => {
    const model = relatedModel();
    for (const outcome of [
      { kind: 'exited', exitCode: 1 },
      { kind: 'killed', signal: 'SIGTERM' },
    ] as const) {
      const context = hook(model, 'a/0');
      tool(context, 'relation-set -r 0 mine=1');
      tool(context, 'state-set key=value');
      tool(context, 'open-port 8080/tcp');
      tool(context, 'secret-add password=hidden');
      context.finish(outcome);
    }
    const unit = model.unit('a/0');
    expect(unit.state.size + unit.ports.size + model.secrets.size).toBe(0);
    expect(tool(hook(model, 'b/0'), 'relation-get -r 0 mine a/0').stdout).toBe('');
  });

  test('includes ports and secrets of the charm', () => {
    const model = relatedModel();
    const context = hook(model, 'a/0');
    tool(context, 'open-port 8080/tcp');
    const uri = tool(context, 'secret-add --label mine password=hidden').stdout.trim();
    succeed(context);
    expect([...model.unit('a/0').ports]).toEqual(['8080/tcp']);
    const next = hook(model, 'a/0');
    expect(tool(next, 'secret-get --label mine --format=json').stdout).toBe('{"password":"hidden"}\n');
    tool(next, `secret-grant ${uri} -r 0`);
    expect(tool(hook(model, 'b/0'), `secret-get ${uri}`).exitCode).toBe(1);
    succeed(next);
    expect(tool(hook(model, 'b/0'), `secret-get ${uri}`).stdout).toBe('password: hidden\n');
  });
});

describe('what takes effect at once', () => {
  test('is kept although the hook fails', () => {
    const model = relatedModel();
    const context = hook(model, 'a/0');
    tool(context, 'status-set blocked -- set the password');
    tool(context, 'application-version-set -- 1.2');
    context.finish({ kind: 'exited', exitCode: 1 });
    expect(model.unit('a/0').status).toEqual({ name: 'blocked', message: 'set the password' });
    expect(model.unit('a/0').workloadVersion).toBe('1.2');
  });

  test('an action that fails leaves its results and the unit without error', () => {
    const model = relatedModel();
    const context = hook(model, 'a/0', { kind: 'action', action: 'greet', id: '7', params: {} });
    tool(context, 'action-set a.b=c');
    tool(context, 'action-fail -- not today');
    context.finish({ kind: 'exited', exitCode: 0 });
    expect(context.actionOutcome({ kind: 'exited', exitCode: 0 })).toEqual({
      id: '7',
      status: 'failed',
      message: 'not today',
      results: { 'a.b': 'c' },
      log: [],
    });
    expect(model.unit('a/0').memory.failed).toBeUndefined();
  });
});

describe('revisions of a secret', () => {
  test('a unit stays with the one it has read until it refreshes', () => {
    const model = relatedModel();
    const uri = model.addSecret('key', { password: 'one' });
    model.grantSecret('key', 'a');
    const read = (flag = ''): string => tool(hook(model, 'a/0'), `secret-get ${uri} password${flag}`).stdout;
    expect(read()).toBe('one\n');
    model.updateSecret('key', { password: 'two' });
    expect(read()).toBe('one\n');
    expect(read(' --peek')).toBe('two\n');
    expect(read()).toBe('one\n');
    expect(read(' --refresh')).toBe('two\n');
    expect(read()).toBe('two\n');
    expect(tool(hook(model, 'a/0'), `secret-get ${uri} password#base64`).stdout).toBe('dHdv\n');
  });
});

test('state has the limits of Juju', () => {
  const context = hook(relatedModel(), 'a/0');
  expect(tool(context, `state-set ${'k'.repeat(257)}=v`).stderr).toBe('ERROR max key length of 256 bytes exceeded\n');
  expect(tool(context, 'state-set --file -', `key: ${'v'.repeat(65_537)}`).stderr).toBe(
    'ERROR max value length of 65536 bytes exceeded\n',
  );
});
