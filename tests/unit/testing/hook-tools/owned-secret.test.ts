import { describe, expect, test } from '@jest/globals';
import { nextHook } from '@charm-ts/testing';
import { hook, relatedModel, succeed, tool } from './tool-fixture.js';

const modelWithSecret = () => {
  const model = relatedModel();
  const context = hook(model, 'a/0');
  const uri = tool(context, 'secret-add --label admin --rotate monthly password=one').stdout.trim();
  succeed(context);
  return { model, uri };
};

describe('a secret that the application owns', () => {
  test('can be read by the hook that made it, before Juju keeps it', () => {
    const model = relatedModel();
    const context = hook(model, 'a/0');
    const uri = tool(context, 'secret-add --label admin password=one').stdout.trim();
    expect(tool(context, 'secret-get --label admin --format=json').stdout).toBe('{"password":"one"}\n');
    expect(tool(context, `secret-get ${uri} password`).stdout).toBe('one\n');
    expect(tool(hook(model, 'a/0'), 'secret-get --label admin').exitCode).toBe(1);
    expect(tool(context, 'secret-add --label admin password=two').stderr).toBe(
      'ERROR secret with label "admin" already exists\n',
    );
  });

  test('is read by every unit by its label, and each stays with its revision until it asks for the latest', () => {
    const { model, uri } = modelWithSecret();
    const read = (unit: string, flags = ''): string =>
      tool(hook(model, unit), `secret-get --label admin ${flags}`.trim()).stdout;
    for (const unit of ['a/0', 'a/1']) expect(read(unit)).toBe('password: one\n');
    const context = hook(model, 'a/0');
    tool(context, `secret-set ${uri} password=two`);
    succeed(context);
    for (const unit of ['a/0', 'a/1']) {
      expect(read(unit)).toBe('password: one\n');
      expect(read(unit, '--peek')).toBe('password: two\n');
      const { event, commit } = nextHook(model, model.unit(unit)) ?? {};
      expect(event).toEqual({ kind: 'secret-changed', secretId: uri, label: 'admin' });
      expect(read(unit, '--refresh')).toBe('password: two\n');
      commit?.();
      expect(read(unit)).toBe('password: two\n');
    }
    expect(nextHook(model, model.unit('a/1'))).toBeUndefined();
  });

  test('has revisions that the leader is told to remove once no unit reads them', () => {
    const { model, uri } = modelWithSecret();
    const read = (unit: string): unknown => tool(hook(model, unit), 'secret-get --label admin --refresh');
    const next = (unit: string) => nextHook(model, model.unit(unit))?.event;
    read('a/1');
    const context = hook(model, 'a/0');
    tool(context, `secret-set ${uri} password=two`);
    succeed(context);
    expect(next('a/0')).toBeUndefined();
    read('a/1');
    expect(next('a/0')).toEqual({ kind: 'secret-remove', secretId: uri, label: 'admin', revision: 1 });
    expect(next('a/1')).toBeUndefined();
    const removal = hook(model, 'a/0');
    tool(removal, `secret-remove ${uri} --revision 1`);
    succeed(removal);
    expect(next('a/0')).toBeUndefined();
  });

  test('is the leader’s alone to change and to ask about', () => {
    const { model, uri } = modelWithSecret();
    const follower = hook(model, 'a/1');
    expect(tool(follower, 'secret-info-get --label admin').stderr).toBe('ERROR secret "admin" not found\n');
    expect(tool(follower, 'secret-ids --format=json').stdout).toBe('[]\n');
    for (const line of [`secret-set ${uri} password=x`, `secret-remove ${uri}`, `secret-grant ${uri} -r 0`]) {
      expect(tool(follower, line).stderr).toBe('ERROR this unit is not the leader\n');
    }
  });

  test('keeps what its owner says about it', () => {
    const { model, uri } = modelWithSecret();
    const context = hook(model, 'a/0');
    tool(context, `secret-set ${uri} --rotate yearly --description login`);
    expect(tool(context, `secret-set ${uri} --rotate sometimes`).exitCode).toBe(2);
    succeed(context);
    const info: unknown = JSON.parse(tool(hook(model, 'a/0'), `secret-info-get ${uri} --format=json`).stdout);
    expect(Object.values(info as object)).toEqual([
      { revision: 1, label: 'admin', description: 'login', owner: 'application', rotation: 'yearly' },
    ]);
  });

  test('is the leader’s to renew when its time has come', () => {
    const { model, uri } = modelWithSecret();
    model.rotateSecret('a', 'admin');
    expect(nextHook(model, model.unit('a/0'))?.event).toEqual({ kind: 'secret-rotate', secretId: uri, label: 'admin' });
    expect(nextHook(model, model.unit('a/1'))).toBeUndefined();
  });
});

test('an optional storage is there only when it was asked for', () => {
  const model = relatedModel();
  const charm = {
    ...model.application('a').charm,
    storage: { data: { type: 'filesystem' }, media: { type: 'filesystem', optional: true } },
  };
  model.deploy(charm, 'without');
  model.deploy(charm, 'with', { storage: ['media'] });
  expect(tool(hook(model, 'without/0'), 'storage-list --format=json').stdout).toBe('["data/0"]\n');
  expect(tool(hook(model, 'with/0'), 'storage-list --format=json').stdout).toBe('["data/0","media/0"]\n');
  expect(tool(hook(model, 'without/0'), 'storage-get -s media/0').exitCode).toBe(2);
});
