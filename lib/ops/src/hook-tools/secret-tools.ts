import { HookToolOutputError } from '../errors/hook-tool-output-error.js';
import type { HookToolSession } from './hook-tool-session.js';
import { expectObject, expectStrings, isObject } from './json-shape.js';
import { withSecretFiles } from './secret-files.js';

/** How often Juju reminds the owner to renew the content. */
export type SecretRotation = 'never' | 'hourly' | 'daily' | 'weekly' | 'monthly' | 'quarterly' | 'yearly';

/** What a secret's owner says about it. */
export interface SecretDetails {
  /** The owner's own name for the secret. */
  readonly label?: string;
  readonly description?: string;
  /** When Juju sends `secret-rotate`; never by default. */
  readonly rotate?: SecretRotation;
  /** When Juju sends `secret-expired`. */
  readonly expire?: Date;
}

/** What Juju tells the owner of a secret. */
export interface SecretInfo {
  /** `secret:<id>`. */
  readonly id: string;
  /** The latest one. */
  readonly revision: number;
  readonly label: string;
  readonly description: string;
  /** A {@link SecretRotation}; newer Jujus may know others. */
  readonly rotation: string;
}

/** A secret as the hook tools name it. */
export type SecretReference = { readonly id: string } | { readonly label: string };

const referenceArgs = (reference: SecretReference): readonly string[] =>
  'id' in reference ? [reference.id] : ['--label', reference.label];

/** Content of a secret: the tracked revision, or with `refresh` the latest one, which is tracked from then on. */
export const readSecret = async (
  tools: HookToolSession,
  reference: SecretReference,
  refresh: boolean,
): Promise<Readonly<Record<string, string>>> => {
  const args = ['--format=json', ...referenceArgs(reference), ...(refresh ? ['--refresh'] : [])];
  return expectStrings('secret-get', await tools.json('secret-get', args));
};

/** What the owner may know besides the content. */
export const readSecretInfo = async (tools: HookToolSession, reference: SecretReference): Promise<SecretInfo> => {
  const answer = await tools.json('secret-info-get', ['--format=json', ...referenceArgs(reference)]);
  const [entry] = Object.entries(expectObject('secret-info-get', answer));
  const [id, fields] = entry ?? [];
  if (id === undefined || !isObject(fields) || typeof fields['revision'] !== 'number') {
    throw new HookToolOutputError('secret-info-get', 'one secret with its revision');
  }
  const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  return {
    id: `secret:${id.replace(/^secret:/, '')}`,
    revision: fields['revision'],
    label: text('label'),
    description: text('description'),
    rotation: text('rotation') === '' ? 'never' : text('rotation'),
  };
};

const detailArgs = ({ label, description, rotate, expire }: SecretDetails): readonly string[] => [
  ...(label === undefined ? [] : ['--label', label]),
  ...(description === undefined ? [] : ['--description', description]),
  ...(rotate === undefined ? [] : ['--rotate', rotate]),
  ...(expire === undefined ? [] : ['--expire', expire.toISOString()]),
];

/** Makes a secret and gives its identifier. Juju keeps it when the hook succeeds. */
export const addSecret = async (
  tools: HookToolSession,
  owner: 'application' | 'unit',
  content: Readonly<Record<string, string>>,
  details: SecretDetails,
): Promise<string> => {
  const output = await withSecretFiles(content, (files) =>
    tools.run('secret-add', [...detailArgs(details), '--owner', owner, ...files]),
  );
  const id = output.trim();
  if (!id.startsWith('secret:')) throw new HookToolOutputError('secret-add', 'the identifier of a secret');
  return id;
};

/** Makes a new revision. The same content again makes none. */
export const writeSecretContent = async (
  tools: HookToolSession,
  id: string,
  content: Readonly<Record<string, string>>,
): Promise<void> => {
  await withSecretFiles(content, (files) => tools.run('secret-set', [id, ...files]));
};

/** Changes what the owner says about a secret. */
export const writeSecretDetails = async (tools: HookToolSession, id: string, details: SecretDetails): Promise<void> => {
  await tools.run('secret-set', [...detailArgs(details), id]);
};

/** Lets the other side of a relation read a secret, or only one of its units; or takes that back. */
export const changeSecretAccess = async (
  tools: HookToolSession,
  tool: 'secret-grant' | 'secret-revoke',
  id: string,
  relationId: number,
  unit: string | undefined,
): Promise<void> => {
  await tools.run(tool, ['--relation', String(relationId), ...(unit === undefined ? [] : ['--unit', unit]), id]);
};

/** Removes a secret, or only one of its revisions. */
export const removeSecret = async (tools: HookToolSession, id: string, revision?: number): Promise<void> => {
  await tools.run('secret-remove', [id, ...(revision === undefined ? [] : ['--revision', String(revision)])]);
};
