import { argumentText } from './argument-text.js';
import type { HookToolSession } from './hook-tool-session.js';
import { expectObject } from './json-shape.js';

/** What the operator passed, with defaults. */
export const readActionParameters = async (tools: HookToolSession): Promise<Readonly<Record<string, unknown>>> =>
  expectObject('action-get', await tools.json('action-get', ['--format=json']));

/** Adds results, keys with dots for nested ones. */
export const writeActionResults = async (
  tools: HookToolSession,
  results: ReadonlyMap<string, string>,
): Promise<void> => {
  await tools.run(
    'action-set',
    [...results].map(([key, value]) => argumentText(`${key}=${value}`)),
  );
};

/** Marks the action as failed. */
export const failAction = async (tools: HookToolSession, message: string): Promise<void> => {
  await tools.run('action-fail', message === '' ? [] : ['--', argumentText(message)]);
};

/** Shows a line to the operator. */
export const logAction = async (tools: HookToolSession, message: string): Promise<void> => {
  await tools.run('action-log', ['--', argumentText(message)]);
};
