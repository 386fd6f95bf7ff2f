import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { UsageError } from './usage-error.js';

/** Where the background process of a model listens and writes its log. */
export interface StateFolder {
  readonly folder: string;
  readonly socket: string;
  readonly log: string;
}

export function stateFolder(model: string): StateFolder {
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(model)) {
    throw new UsageError(`"${model}" is not a model name: use lower-case letters, digits and hyphens`);
  }
  const folder = join(tmpdir(), `charm-sandbox-${String(userInfo().uid)}`, model);
  return { folder, socket: join(folder, 'control.sock'), log: join(folder, 'log') };
}
