import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { newSecret, type Secret } from '../model/secret.js';
import { failure, type HookTool, type HookToolCall, misuse } from './hook-tool.js';
import { formatOutput, outputAliases, outputFlags } from './format-output.js';
import { keyValues, yamlMap } from './key-value.js';

const uriRule = /^(secret:(\/\/[0-9a-f-]+\/)?)?[0-9a-v]{20}$/;
const keyRule = /^[a-z](?:-?[a-z0-9]){2,}$/;
const writeFlags = {
  flags: { label: 'text', description: 'text', expire: 'text', rotate: 'text', owner: 'text', file: 'text' },
} as const;

export const secretGet: HookTool = {
  flags: { flags: { ...outputFlags, label: 'text', peek: 'boolean', refresh: 'boolean' }, aliases: outputAliases },
  run(call) {
    const [given, key] = call.args;
    const label = textFlag(call, 'label');
    if (given === undefined && label === undefined) throw misuse('require either a secret URI or label');
    if (given !== undefined) checkUri(given);
    const content =
      given === undefined || label === undefined ? read(call, given, label) : readAndLabel(call, given, label);
    if (key === undefined) return formatOutput(content, call, 'yaml');
    const [name = '', encoding] = key.split('#');
    const value = content[name];
    if (value === undefined) throw failure(`key ${JSON.stringify(name)} not found in secret`);
    return formatOutput(encoding === 'base64' ? Buffer.from(value).toString('base64') : value, call, 'yaml');
  },
};

type Content = Readonly<Record<string, string>>;

/**
 * The first read makes the unit a consumer of the latest revision; later ones stay with it unless `--refresh`. In Juju
 * 3.6 that holds for units of the owner, the leader included, as for any other (juju #19035).
 */
function read(call: HookToolCall, given: string | undefined, label: string | undefined): Content {
  const peek = call.flags.get('peek') === true;
  const refresh = call.flags.get('refresh') === true;
  if (peek && refresh) throw misuse('specify one of --peek or --refresh but not both');
  const secret = given === undefined ? secretByLabel(call, label ?? '') : readable(call, given);
  const { unit, pending } = call.context;
  const consumer = unit.consumes.get(secret.id) ?? { revision: secret.latest };
  if (refresh) consumer.revision = secret.latest;
  if (!pending.newSecrets.has(secret.id)) unit.consumes.set(secret.id, consumer);
  const content = secret.content(peek ? secret.latest : consumer.revision);
  if (content === undefined) throw failure(`secret revision ${consumer.revision} not found`);
  return content;
}

/** Id and label together give the secret the label, for this unit. */
function readAndLabel(call: HookToolCall, given: string, label: string): Content {
  const content = read(call, given, undefined);
  const consumer = call.context.unit.consumes.get(readable(call, given).id);
  if (consumer !== undefined) consumer.label = label;
  return content;
}

export const secretInfoGet: HookTool = {
  flags: { flags: { ...outputFlags, label: 'text' }, aliases: outputAliases },
  run(call) {
    const [given] = call.args;
    const label = textFlag(call, 'label');
    if (given !== undefined && label !== undefined) throw misuse('specify either a secret URI or label but not both');
    if (given === undefined && label === undefined) throw misuse('require either a secret URI or label');
    const secret = given === undefined ? ownByLabel(call, label ?? '') : find(call, given);
    // Juju tells only who may change a secret: the owner, for an application's secret its leader.
    if (secret === undefined || !owns(call, secret) || !mayChange(call, secret)) {
      throw failure(`secret ${JSON.stringify(given ?? label)} not found`);
    }
    const owner = secret.owner === call.context.unit.name ? 'unit' : 'application';
    const { latest: revision, description, rotation } = secret;
    const info = { revision, label: secret.label, description, owner, rotation };
    return formatOutput({ [secret.id]: info }, call, 'yaml');
  },
};

export const secretIds: HookTool = {
  flags: { flags: outputFlags, aliases: outputAliases },
  run: (call) =>
    formatOutput(
      [...call.context.model.secrets.values()]
        .filter((secret) => owns(call, secret) && mayChange(call, secret))
        .map(({ id }) => id)
        .sort(),
      call,
    ),
};

export const secretAdd: HookTool = {
  flags: writeFlags,
  run(call) {
    const { context } = call;
    const content = secretContent(call, call.args);
    if (Object.keys(content).length === 0) throw misuse('missing secret value or filename');
    const forUnit = textFlag(call, 'owner') === 'unit';
    if (!forUnit && !context.isLeader) throw failure('this unit is not the leader');
    const label = textFlag(call, 'label') ?? '';
    if (label !== '' && ownByLabel(call, label) !== undefined) {
      throw failure(`secret with label ${JSON.stringify(label)} already exists`);
    }
    // The id is known at once, the secret is Juju's only when the hook has succeeded.
    const secret = newSecret(content, {
      owner: forUnit ? context.unit.name : context.unit.app,
      label,
      description: textFlag(call, 'description') ?? '',
      rotation: rotationOf(call) ?? 'never',
    });
    context.pending.newSecrets.set(secret.id, secret);
    return `${secret.uri}\n`;
  },
};

export const secretSet: HookTool = {
  flags: writeFlags,
  run(call) {
    const [given, ...values] = call.args;
    const secret = owned(call, given);
    const content = secretContent(call, values);
    const [label, description, rotation] = [textFlag(call, 'label'), textFlag(call, 'description'), rotationOf(call)];
    call.context.pending.secrets.push(() => {
      if (Object.keys(content).length > 0) secret.update(content);
      secret.label = label ?? secret.label;
      secret.description = description ?? secret.description;
      secret.rotation = rotation ?? secret.rotation;
    });
    return '';
  },
};

export const secretRemove: HookTool = {
  flags: { flags: { revision: 'text' } },
  run(call) {
    const secret = owned(call, call.args[0]);
    const revision = textFlag(call, 'revision');
    call.context.pending.secrets.push(() => {
      if (revision === undefined) call.context.model.secrets.delete(secret.id);
      else secret.removeRevision(Number(revision));
    });
    return '';
  },
};

function grantTool(change: (secret: Secret, entity: string) => void): HookTool {
  return {
    flags: { flags: { relation: 'text', app: 'text', unit: 'text' }, aliases: { r: 'relation' } },
    run(call) {
      const secret = owned(call, call.args[0]);
      const { context } = call;
      const id = textFlag(call, 'relation');
      const relation = id === undefined ? undefined : context.relation(Number(id.slice(id.lastIndexOf(':') + 1)));
      const entity = textFlag(call, 'unit') ?? textFlag(call, 'app') ?? relation?.remoteAppOf(context.unit.app);
      if (entity === undefined) throw misuse('no relation or application specified');
      context.pending.secrets.push(() => {
        change(secret, entity);
      });
      return '';
    },
  };
}

export const secretGrant = grantTool((secret, entity) => secret.grants.add(entity));
export const secretRevoke = grantTool((secret, entity) => secret.grants.delete(entity));

function textFlag({ flags }: HookToolCall, name: string): string | undefined {
  const value = flags.get(name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function checkUri(given: string): void {
  if (!uriRule.test(given)) throw misuse(`secret URI ${JSON.stringify(given)} not valid`);
}

/** The two Jujus refuse in different words. */
function readable(call: HookToolCall, given: string): Secret {
  const { context } = call;
  const secret = find(call, given);
  if (secret === undefined) throw failure(`secret ${JSON.stringify(idOf(given))} not found`);
  if (secret.mayRead(context.unit.name, context.unit.app)) return secret;
  throw failure(
    context.model.jujuVersion.startsWith('3.')
      ? 'permission denied'
      : `${JSON.stringify(context.unit.name)} is not allowed to read this secret`,
  );
}

function secretByLabel(call: HookToolCall, label: string): Secret {
  const { context } = call;
  const own = ownByLabel(call, label);
  const id = [...context.unit.consumes].find(([, consumer]) => consumer.label === label)?.[0];
  const found = own ?? (id === undefined ? undefined : readable(call, id));
  if (found === undefined) throw failure(`secret ${JSON.stringify(label)} not found`);
  return found;
}

function ownByLabel(call: HookToolCall, label: string): Secret | undefined {
  const { model, pending } = call.context;
  const all = [...pending.newSecrets.values(), ...model.secrets.values()];
  return all.find((secret) => secret.label === label && owns(call, secret));
}

function find({ context }: HookToolCall, given: string): Secret | undefined {
  return context.pending.newSecrets.get(idOf(given)) ?? context.model.findSecret(given);
}

const idOf = (given: string): string => given.replace(/^secret:(\/\/[0-9a-f-]+\/)?/, '');

const rotations = ['never', 'hourly', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly'];

function rotationOf(call: HookToolCall): string | undefined {
  const rotation = textFlag(call, 'rotate');
  if (rotation === undefined || rotations.includes(rotation)) return rotation;
  throw misuse(`rotate policy ${JSON.stringify(rotation)} not valid`);
}

function mayChange({ context }: HookToolCall, secret: Secret): boolean {
  return secret.owner !== context.unit.app || context.isLeader;
}

function owns({ context }: HookToolCall, secret: Secret): boolean {
  return secret.owner === context.unit.name || secret.owner === context.unit.app;
}

function owned(call: HookToolCall, given: string | undefined): Secret {
  if (given === undefined) throw misuse('missing secret URI');
  checkUri(given);
  const secret = find(call, given);
  if (secret === undefined) throw failure(`secret ${JSON.stringify(given)} not found`);
  if (!owns(call, secret)) throw failure('permission denied');
  if (!mayChange(call, secret)) throw failure('this unit is not the leader');
  return secret;
}

/** `key=value`, `key#base64=value` and `key#file=path`. */
function secretContent(call: HookToolCall, args: readonly string[]): Readonly<Record<string, string>> {
  const file = textFlag(call, 'file');
  const fromFile = file === undefined ? [] : yamlMap(readFileSync(resolve(call.cwd, file), 'utf8'));
  return Object.fromEntries([...fromFile, ...keyValues(args)].map(([key, value]) => secretValue(key, value, call.cwd)));
}

/** One item of a secret as the command line gives it; also what `juju add-secret` takes. */
export function secretValue(key: string, value: string, cwd: string): readonly [string, string] {
  const [name = '', form] = key.split('#');
  if (!keyRule.test(name)) throw misuse(`secret key ${JSON.stringify(name)} not valid`);
  if (form === 'file') return [name, readFileSync(resolve(cwd, value), 'utf8')];
  if (form === 'base64') return [name, Buffer.from(value, 'base64').toString()];
  return [name, value];
}
