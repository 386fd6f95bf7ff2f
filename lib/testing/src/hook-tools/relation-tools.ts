import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type HookTool, type HookToolCall, failure, misuse } from './hook-tool.js';
import { formatOutput, outputAliases, outputFlags } from './format-output.js';
import { keyValues, yamlMap } from './key-value.js';
import { eventUnit, relationOf } from './relation-arguments.js';
import type { Relation } from '../model/relation.js';

const relationFlags = { relation: 'text', app: 'boolean' } as const;
const aliases = { ...outputAliases, r: 'relation' };

export const relationIds: HookTool = {
  flags: { flags: outputFlags, aliases },
  run(call) {
    const { context, args } = call;
    const endpoint = args[0] ?? ('endpoint' in context.event ? context.event.endpoint : undefined);
    if (endpoint === undefined) throw misuse('no endpoint name specified');
    const ids = context
      .relations()
      .filter((relation) => relation.sideOf(context.unit.app)?.endpoint === endpoint)
      .map((relation) => `${endpoint}:${relation.id}`);
    return formatOutput(ids.sort(), call);
  },
};

export const relationList: HookTool = {
  flags: { flags: { ...outputFlags, ...relationFlags }, aliases },
  run(call) {
    const relation = relationOf(call);
    const { context, flags } = call;
    if (flags.get('app') === true) return formatOutput(relation.remoteAppOf(context.unit.app), call);
    const members = context.unit.memory.relations.get(relation.id)?.members ?? new Map<string, number>();
    const joining = context.event.kind === 'relation-joined' ? eventUnit(call, relation) : undefined;
    const leaving = context.event.kind === 'relation-departed' ? eventUnit(call, relation) : undefined;
    const names = new Set([...members.keys(), ...(joining === undefined ? [] : [joining])]);
    return formatOutput([...names].filter((name) => name !== leaving).sort(), call);
  },
};

export const relationModelGet: HookTool = {
  flags: { flags: { ...outputFlags, relation: 'text' }, aliases },
  run(call) {
    relationOf(call);
    return formatOutput({ uuid: call.context.model.uuid }, call);
  },
};

export const relationGet: HookTool = {
  flags: { flags: { ...outputFlags, ...relationFlags }, aliases },
  run(call) {
    const relation = relationOf(call);
    const [key = '-', named] = call.args;
    const entity = databagOwner(call, relation, named);
    const values = readBag(call, relation, entity);
    return formatOutput(key === '-' ? values : values[key], call);
  },
};

function databagOwner(call: HookToolCall, relation: Relation, named: string | undefined): string {
  const asApp = call.flags.get('app') === true;
  const name = named ?? eventUnit(call, relation) ?? (asApp ? relation.remoteAppOf(call.context.unit.app) : undefined);
  if (name === undefined) throw misuse('no unit or application specified');
  if (asApp) return name.split('/')[0] ?? name;
  if (!name.includes('/')) throw misuse(`expected unit name, got application name ${JSON.stringify(name)}`);
  return name;
}

function readBag(call: HookToolCall, relation: Relation, entity: string): Readonly<Record<string, string>> {
  const { context } = call;
  const own = entity === context.unit.name || entity === context.unit.app;
  if (entity === context.unit.app && !context.isLeader && !relation.isPeer) throw failure('permission denied');
  if (
    relation.sideOf(entity.split('/')[0] ?? entity) === undefined ||
    (entity.includes('/') && !own && !relation.hasBag(entity))
  ) {
    throw failure(`unknown ${entity.includes('/') ? 'unit' : 'application'} ${entity}`);
  }
  const values = { ...relation.bag(entity).read() };
  if (!own) return values;
  for (const [key, value] of context.pending.settingsOf(relation.id, entity)) values[key] = value;
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

export const relationSet: HookTool = {
  flags: { flags: { ...relationFlags, file: 'text', format: 'text' }, aliases },
  run(call) {
    const relation = relationOf(call);
    const { context, flags, args, stdin, cwd } = call;
    const forApp = flags.get('app') === true;
    if (forApp && !context.isLeader) throw failure('cannot write relation settings');
    const file = flags.get('file');
    const fromFile =
      file === undefined ? [] : yamlMap(file === '-' ? stdin : readFileSync(resolve(cwd, String(file)), 'utf8'));
    const entity = forApp ? context.unit.app : context.unit.name;
    for (const [key, value] of [...fromFile, ...keyValues(args)]) {
      context.pending.changeSetting(relation.id, entity, key, value);
    }
    return '';
  },
};
