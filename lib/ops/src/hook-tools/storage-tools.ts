import { HookToolOutputError } from '../errors/hook-tool-output-error.js';
import type { HookToolSession } from './hook-tool-session.js';
import { expectObject, expectStringArray } from './json-shape.js';

/** Identifiers (`<name>/<number>`) of the unit's storages of a name. */
export const storageIds = async (tools: HookToolSession, name: string): Promise<readonly string[]> =>
  expectStringArray('storage-list', await tools.json('storage-list', ['--format=json', name]));

/** Where a storage is mounted in the charm's own container. */
export const readStorageLocation = async (tools: HookToolSession, id: string): Promise<string> => {
  const { location } = expectObject('storage-get', await tools.json('storage-get', ['--format=json', '-s', id]));
  if (typeof location !== 'string') throw new HookToolOutputError('storage-get', 'a location');
  return location;
};
