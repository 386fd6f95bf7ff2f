import { describe, expect, test } from '@jest/globals';
import { newModel } from './run-hooks.js';
import { loneCharm } from './tiny-charm.js';

const secretUri = 'secret:d0erdgfmp25c762i8np0';

describe('juju config', () => {
  test.each([
    ['port', '9090', 9090],
    ['debug', 'True', true],
    ['ratio', '1.5', 1.5],
    ['name', '12', '12'],
    ['key', secretUri, secretUri],
  ])('%s=%s is read as %j', (name, text, value) => {
    const model = newModel();
    model.deploy(loneCharm, 'a');
    model.configure('a', { [name]: text });
    expect(model.application('a').config[name]).toBe(value);
  });

  test.each([
    ['port', '1.5', 'option "port" expected int, got "1.5"'],
    ['debug', 'yes', 'option "debug" expected boolean, got "yes"'],
    ['ratio', '', 'option "ratio" expected float, got ""'],
    ['key', 'my-key', 'option "key" expected secret, got "my-key"'],
    ['nope', '1', 'unknown option "nope"'],
  ])('%s=%s is refused and nothing is set', (name, text, message) => {
    const model = newModel();
    model.deploy(loneCharm, 'a');
    expect(() => model.configure('a', { name: 'set', [name]: text })).toThrow(message);
    expect(model.application('a').config['name']).toBeUndefined();
  });

  test('undefined goes back to the default', () => {
    const model = newModel();
    model.deploy(loneCharm, 'a', { config: { port: 1 } });
    model.configure('a', { port: undefined });
    expect(model.application('a').config['port']).toBe(8080);
  });
});
