import type { HookToolSession } from './hook-tool-session.js';
import { expectStrings } from './json-shape.js';

/** All keys of the unit's state in the controller. */
export const readState = async (tools: HookToolSession): Promise<Readonly<Record<string, string>>> =>
  expectStrings('state-get', await tools.json('state-get', ['--format=json']));

/** Sets keys of the state; Juju keeps them when the hook ends well. */
export const writeState = async (tools: HookToolSession, values: Readonly<Record<string, string>>): Promise<void> => {
  await tools.run('state-set', ['--file', '-'], JSON.stringify(values));
};

/** Deletes a key of the state. */
export const deleteState = async (tools: HookToolSession, key: string): Promise<void> => {
  await tools.run('state-delete', [key]);
};
