import { describe, expect, test } from '@jest/globals';
import { runInNewContext } from 'node:vm';
import { brandError, HookToolError, OpsError, RelationNotFoundError, SecretNotFoundError } from '@charm-ts/ops';

const invocation = { tool: 'relation-get', args: ['-r', 'db:1', '-', 'db/0'] };
const result = { exitCode: 1, stderr: 'ERROR relation not found\n' };

describe('OpsError', () => {
  test('is an instance of its own class and of its parents, not of its siblings', () => {
    const error = new RelationNotFoundError(invocation, result);
    expect(error).toBeInstanceOf(RelationNotFoundError);
    expect(error).toBeInstanceOf(HookToolError);
    expect(error).toBeInstanceOf(OpsError);
    expect(error).toBeInstanceOf(Error);
    expect(error instanceof SecretNotFoundError).toBe(false);
    expect(new HookToolError(invocation, result) instanceof RelationNotFoundError).toBe(false);
  });

  test('knows an error of another realm and another copy of the package by its brand', () => {
    const foreign: unknown = runInNewContext(`
      class RelationNotFoundError extends Error {}
      for (const name of ['OpsError', 'HookToolError', 'RelationNotFoundError'])
        RelationNotFoundError.prototype[Symbol.for('@charm-ts/ops/error/' + name)] = true;
      new RelationNotFoundError('gone');
    `);
    expect(foreign instanceof RelationNotFoundError).toBe(true);
    expect(foreign instanceof HookToolError).toBe(true);
    expect(foreign instanceof SecretNotFoundError).toBe(false);
    expect(runInNewContext('new Error("other")') instanceof OpsError).toBe(false);
  });

  test('a subclass without a brand does not pass for its parent', () => {
    class Unbranded extends HookToolError {}
    expect(new HookToolError(invocation, result) instanceof Unbranded).toBe(false);
    expect(new Unbranded(invocation, result)).toBeInstanceOf(Unbranded);
    expect(new Unbranded(invocation, result)).toBeInstanceOf(HookToolError);
  });

  test('a class of another package can join the family', () => {
    class VpnError extends OpsError {
      readonly code = 'vpn';
      static {
        brandError(this, 'VpnError');
      }
    }
    const error = new VpnError('no tunnel', { cause: 'test' });
    expect(error).toBeInstanceOf(OpsError);
    expect(error.name).toBe('VpnError');
    expect(error.cause).toBe('test');
    expect(String(error)).toBe('VpnError: no tunnel');
  });

  test.each([null, undefined, 3, 'text', {}])('%p is none', (value) => {
    expect(value instanceof OpsError).toBe(false);
  });

  test('a hook tool error says tool, exit code and reason', () => {
    const error = new HookToolError(invocation, { exitCode: 2, stderr: 'ERROR bad flag\n' });
    expect(error.message).toBe('relation-get exited with 2: bad flag');
    expect(error).toMatchObject({ code: 'hook-tool-failed', tool: 'relation-get', argv: invocation.args, exitCode: 2 });
    expect(new HookToolError(invocation, { exitCode: 3, stderr: '' }).message).toContain('it gave no reason');
  });
});
