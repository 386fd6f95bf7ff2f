import { HookToolOutputError } from '../errors/hook-tool-output-error.js';
import type { HookToolSession } from './hook-tool-session.js';
import { expectStringArray, expectStrings } from './json-shape.js';

/** A relation as the hook tools name it: `<endpoint>:<id>`. */
export interface RelationKey {
  readonly endpoint: string;
  readonly id: number;
}

/** A databag as the hook tools name it. */
export interface DatabagKey {
  readonly relation: RelationKey;
  readonly owner: string;
  readonly ofApp: boolean;
}

const nameOf = ({ endpoint, id }: RelationKey): string => `${endpoint}:${id}`;

/** Identifiers of the relations of an endpoint. */
export const relationIds = async (tools: HookToolSession, endpoint: string): Promise<readonly number[]> => {
  const names = expectStringArray('relation-ids', await tools.json('relation-ids', [endpoint, '--format=json']));
  return names.map((name) => {
    const id = Number(name.slice(name.lastIndexOf(':') + 1));
    if (!Number.isInteger(id)) throw new HookToolOutputError('relation-ids', 'names like vpn-gateway:3');
    return id;
  });
};

/** Remote units of a relation. */
export const relationUnits = async (tools: HookToolSession, relation: RelationKey): Promise<readonly string[]> =>
  expectStringArray('relation-list', await tools.json('relation-list', ['--format=json', '-r', nameOf(relation)]));

/** Remote application of a relation, also of one that has no units. */
export const relationApp = async (tools: HookToolSession, relation: RelationKey): Promise<string | undefined> => {
  const app = await tools.json('relation-list', ['--format=json', '--app', '-r', nameOf(relation)]);
  if (app === null || app === '') return undefined;
  if (typeof app !== 'string') throw new HookToolOutputError('relation-list', 'the name of an application');
  return app;
};

/** A whole databag. */
export const readDatabag = async (
  tools: HookToolSession,
  { relation, owner, ofApp }: DatabagKey,
): Promise<Readonly<Record<string, string>>> => {
  const args = ['--format=json', '-r', nameOf(relation), ...(ofApp ? ['--app'] : []), '-', owner];
  return expectStrings('relation-get', await tools.json('relation-get', args));
};

/** Writes keys of an own databag; an empty text deletes a key. */
export const writeDatabag = async (
  tools: HookToolSession,
  { relation, ofApp }: DatabagKey,
  changes: Readonly<Record<string, string>>,
): Promise<void> => {
  const args = ['-r', nameOf(relation), ...(ofApp ? ['--app'] : []), '--file', '-'];
  await tools.run('relation-set', args, JSON.stringify(changes));
};
