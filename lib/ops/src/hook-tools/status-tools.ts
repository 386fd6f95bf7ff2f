import type { SettableStatus } from '../model/status.js';
import { argumentText } from './argument-text.js';
import type { HookToolSession } from './hook-tool-session.js';
import { expectObject } from './json-shape.js';

/** A status as Juju shows it; its name may be one that a charm cannot set. */
export interface ReadStatus {
  readonly name: string;
  readonly message: string;
}

/** The unit's present status. */
export const readStatus = async (tools: HookToolSession): Promise<ReadStatus> => {
  const args = ['--include-data', '--format=json', '--application=false'];
  const { status, message } = expectObject('status-get', await tools.json('status-get', args));
  return {
    name: typeof status === 'string' ? status : 'unknown',
    message: typeof message === 'string' ? message : '',
  };
};

/** Sets the unit's status; Juju shows it at once and keeps it when the hook fails. */
export const writeStatus = async (tools: HookToolSession, { name, message }: SettableStatus): Promise<void> => {
  // "False" with a capital is what charms have always sent, and what Juju's flag parser takes.
  await tools.run('status-set', [
    '--application=False',
    name,
    ...(message === '' ? [] : ['--', argumentText(message)]),
  ]);
};
