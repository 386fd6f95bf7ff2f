import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { HookTool } from './hook-tool.js';
import { failure, misuse } from './hook-tool.js';
import { formatOutput, outputAliases, outputFlags } from './format-output.js';
import { keyValues, yamlMap } from './key-value.js';

/** Juju's limits for charm state, in bytes. */
const keyLimit = 256;
const valueLimit = 65_536;

export const stateGet: HookTool = {
  flags: { flags: { ...outputFlags, strict: 'boolean' }, aliases: outputAliases },
  run(call) {
    const { context, args, flags } = call;
    const values = new Map(context.unit.state);
    for (const [key, value] of context.pending.state) {
      if (value === undefined) values.delete(key);
      else values.set(key, value);
    }
    const [key = '-'] = args;
    if (key === '-') return formatOutput(Object.fromEntries(values), call);
    const value = values.get(key);
    if (value === undefined && flags.get('strict') === true) throw failure(`${JSON.stringify(key)} not found`);
    return formatOutput(value ?? '', call);
  },
};

export const stateSet: HookTool = {
  flags: { flags: { file: 'text' } },
  run({ context, args, flags, stdin, cwd }) {
    const file = flags.get('file');
    if (file === undefined && args.length === 0) return '';
    const fromFile =
      file === undefined ? [] : yamlMap(file === '-' ? stdin : readFileSync(resolve(cwd, String(file)), 'utf8'));
    for (const [key, value] of [...fromFile, ...keyValues(args)]) {
      if (Buffer.byteLength(key) > keyLimit) throw failure(`max key length of ${keyLimit} bytes exceeded`);
      if (Buffer.byteLength(value) > valueLimit) throw failure(`max value length of ${valueLimit} bytes exceeded`);
      context.pending.state.set(key, value);
    }
    return '';
  },
};

export const stateDelete: HookTool = {
  flags: { flags: {} },
  run({ context, args }) {
    const [key] = args;
    if (key === undefined || key === '') throw misuse('no key specified');
    context.pending.state.set(key, undefined);
    return '';
  },
};
