import { describe, expect, test } from '@jest/globals';
import { HookContext, nextHook } from '@charm-ts/testing';
import { newModel, ofUnit, placePod, runHooks } from './run-hooks.js';
import { loneCharm, tinyCharm } from './tiny-charm.js';

describe('the first hooks of a unit', () => {
  test('come in the order of Juju', () => {
    const model = newModel();
    model.deploy(tinyCharm, 'tiny');
    expect(runHooks(model)).toEqual([
      'tiny/0 install',
      'tiny/0 ring-relation-created',
      'tiny/0 leader-elected',
      'tiny/0 config-changed',
      'tiny/0 start',
      'tiny/0 app-pebble-ready',
    ]);
  });

  test('may have pebble-ready before config-changed', () => {
    const model = newModel();
    model.deploy(loneCharm, 'tiny');
    expect(runHooks(model, { pebbleReady: 'before-config-changed' })).toEqual([
      'tiny/0 install',
      'tiny/0 app-pebble-ready',
      'tiny/0 leader-elected',
      'tiny/0 config-changed',
      'tiny/0 start',
    ]);
  });

  test('tell only the leader that it leads', () => {
    const model = newModel();
    model.deploy(loneCharm, 'tiny', { units: 2 });
    expect(runHooks(model).filter((line) => line.includes('leader'))).toEqual(['tiny/0 leader-elected']);
  });
});

describe('a relation', () => {
  test('is created, joined, changed on both sides', () => {
    const model = newModel();
    model.deploy(loneCharm, 'a');
    model.deploy(loneCharm, 'b');
    runHooks(model);
    model.integrate('a:db', 'b:backend');
    const ran = runHooks(model);
    expect(ofUnit(ran, 'a/0')).toEqual(['db-relation-created', 'db-relation-joined b/0', 'db-relation-changed b/0']);
    expect(ofUnit(ran, 'b/0')).toEqual([
      'backend-relation-created',
      'backend-relation-joined a/0',
      'backend-relation-changed a/0',
    ]);
  });

  test('that exists at deployment is created before leader-elected', () => {
    const model = newModel();
    model.deploy(loneCharm, 'a');
    model.deploy(loneCharm, 'b');
    model.integrate('a:db', 'b:backend');
    expect(ofUnit(runHooks(model), 'a/0').slice(0, 3)).toEqual(['install', 'db-relation-created', 'leader-elected']);
  });

  test('changes for the other side when application data is flushed, and only then', () => {
    const model = newModel();
    model.deploy(loneCharm, 'a');
    model.deploy(loneCharm, 'b');
    const { id } = model.integrate('a:db', 'b:backend');
    runHooks(model);
    model.request('a/0', { kind: 'update-status' });
    const write = (context: HookContext): undefined => {
      if (context.event.kind === 'update-status') {
        context.answer({ tool: 'relation-set', args: ['-r', String(id), '--app', 'config=1'] });
      }
    };
    expect(runHooks(model, { charm: write })).toEqual(['a/0 update-status', 'b/0 backend-relation-changed']);
    model.request('a/0', { kind: 'update-status' });
    expect(runHooks(model, { charm: write })).toEqual(['a/0 update-status']);
  });

  test('ends with departed, then broken, and is gone', () => {
    const model = newModel();
    model.deploy(loneCharm, 'a');
    model.deploy(loneCharm, 'b');
    const relation = model.integrate('a:db', 'b:backend');
    runHooks(model);
    model.removeRelation('a', 'b');
    const ran = runHooks(model);
    expect(ofUnit(ran, 'a/0')).toEqual(['db-relation-departed b/0', 'db-relation-broken']);
    expect(ofUnit(ran, 'b/0')).toEqual(['backend-relation-departed a/0', 'backend-relation-broken']);
    expect(model.relations.has(relation.id)).toBe(false);
  });

  test('that no unit has met yet is removed without a hook', () => {
    const model = newModel();
    model.deploy(loneCharm, 'a');
    model.deploy(loneCharm, 'b');
    runHooks(model);
    const relation = model.integrate('a:db', 'b:backend');
    model.removeRelation('a:db', 'b:backend');
    expect(model.relations.has(relation.id)).toBe(false);
    expect(runHooks(model)).toEqual([]);
  });

  test('between ambiguous endpoints names the choices', () => {
    const model = newModel();
    model.deploy(loneCharm, 'a');
    model.deploy(loneCharm, 'b');
    expect(() => model.integrate('a', 'b')).toThrow('could be: a:db b:backend, a:backend b:db');
  });
});

describe('a pod that is replaced', () => {
  test('stops in the old pod and upgrades, configures and starts in the new one', () => {
    const model = newModel();
    model.deploy(loneCharm, 'a');
    runHooks(model);
    const unit = model.unit('a/0');
    unit.memory.replacing = true;
    expect(runHooks(model)).toEqual(['a/0 stop']);
    unit.memory.podReplaced();
    placePod(model, 'a/0');
    expect(runHooks(model)).toEqual(['a/0 upgrade-charm', 'a/0 config-changed', 'a/0 start', 'a/0 app-pebble-ready']);
  });

  test('installs again when install had failed', () => {
    const model = newModel();
    model.deploy(loneCharm, 'a');
    expect(runHooks(model, { charm: () => 1 })).toEqual(['a/0 install']);
    model.unit('a/0').memory.podReplaced();
    model.retry('a/0');
    expect(runHooks(model)[0]).toBe('a/0 install');
  });

  test('shows its new address to the other side of a relation', () => {
    const model = newModel();
    model.deploy(loneCharm, 'a');
    model.deploy(loneCharm, 'b');
    model.integrate('a:db', 'b:backend');
    runHooks(model);
    model.unit('a/0').memory.podReplaced();
    placePod(model, 'a/0');
    expect(ofUnit(runHooks(model), 'b/0')).toEqual(['backend-relation-changed a/0']);
  });
});

describe('what fires and what does not', () => {
  test('config-changed comes for a changed option and for trust, not for the same value', () => {
    const model = newModel();
    model.deploy(loneCharm, 'a');
    runHooks(model);
    model.configure('a', { port: '8080' });
    expect(runHooks(model)).toEqual([]);
    model.configure('a', { port: 9090 });
    expect(runHooks(model)).toEqual(['a/0 config-changed']);
    model.setTrust('a', true);
    expect(runHooks(model)).toEqual(['a/0 config-changed']);
  });

  test('a grant fires nothing, a new revision tells the units that have read the secret', () => {
    const model = newModel();
    model.deploy(loneCharm, 'a', { units: 2 });
    runHooks(model);
    const uri = model.addSecret('key', { password: 'one' });
    model.grantSecret('key', 'a');
    expect(runHooks(model)).toEqual([]);
    model.request('a/1', { kind: 'update-status' });
    runHooks(model, {
      charm: (context) => {
        context.answer({ tool: 'secret-get', args: [uri] });
        return 0;
      },
    });
    model.updateSecret('key', { password: 'two' });
    expect(runHooks(model)).toEqual(['a/1 secret-changed']);
    model.updateSecret('key', { password: 'two' });
    expect(runHooks(model)).toEqual([]);
  });

  test('an application that is removed breaks its relations, stops and is gone', () => {
    const model = newModel();
    model.deploy(loneCharm, 'a');
    model.deploy(loneCharm, 'b');
    model.integrate('a:db', 'b:backend');
    runHooks(model);
    model.removeApplication('a');
    const ran = runHooks(model);
    expect(ofUnit(ran, 'a/0')).toEqual(['db-relation-departed b/0', 'db-relation-broken', 'stop', 'remove']);
    expect(ofUnit(ran, 'b/0')).toEqual(['backend-relation-departed a/0', 'backend-relation-broken']);
    expect([...model.applications.keys()]).toEqual(['b']);
  });

  test('a unit that is removed departs with its own name as the departing unit', () => {
    const model = newModel();
    model.deploy(loneCharm, 'a', { units: 2 });
    model.deploy(loneCharm, 'b');
    model.integrate('a:db', 'b:backend');
    runHooks(model);
    model.scale('a', 1);
    const departing = nextHook(model, model.unit('a/1'));
    expect(departing?.event).toMatchObject({ kind: 'relation-departed', remoteUnit: 'b/0', departingUnit: 'a/1' });
    expect(ofUnit(runHooks(model), 'b/0')).toEqual(['backend-relation-departed a/1']);
  });
});

describe('a failed hook', () => {
  test('holds the unit in error until it is retried', () => {
    const model = newModel();
    model.deploy(loneCharm, 'a');
    const failing = (context: HookContext): number => (context.event.kind === 'config-changed' ? 1 : 0);
    expect(runHooks(model, { charm: failing }).at(-1)).toBe('a/0 config-changed');
    expect(runHooks(model)).toEqual([]);
    model.retry('a/0');
    expect(runHooks(model)).toEqual(['a/0 config-changed', 'a/0 start', 'a/0 app-pebble-ready']);
  });

  test('that was killed by a signal is queued again', () => {
    const model = newModel();
    model.deploy(loneCharm, 'a');
    placePod(model, 'a/0');
    const unit = model.unit('a/0');
    const due = nextHook(model, unit);
    if (due === undefined) throw new Error('nothing is due');
    new HookContext(model, unit, due).finish({ kind: 'killed', signal: 'SIGTERM' });
    expect(runHooks(model)[0]).toBe('a/0 install');
  });
});
