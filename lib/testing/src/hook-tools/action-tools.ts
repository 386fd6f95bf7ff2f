import type { HookTool } from './hook-tool.js';
import { misuse } from './hook-tool.js';
import { formatOutput, outputAliases, outputFlags } from './format-output.js';
import { keyValues } from './key-value.js';

/** Keys that Juju fills itself. */
const reserved = ['stdout', 'stdout-encoding', 'stderr', 'stderr-encoding', 'return-code'];
const keyRule = /^[a-z0-9](([a-z0-9-.]+)?[a-z0-9])?$/;

export const actionGet: HookTool = {
  actionsOnly: true,
  flags: { flags: outputFlags, aliases: outputAliases },
  run(call) {
    const { event } = call.context;
    let value: unknown = event.kind === 'action' ? event.params : {};
    for (const part of call.args[0]?.split('.') ?? []) {
      value =
        typeof value === 'object' && value !== null
          ? Object.entries(value).find(([key]) => key === part)?.[1]
          : undefined;
    }
    return formatOutput(value, call);
  },
};

export const actionSet: HookTool = {
  actionsOnly: true,
  flags: { flags: {} },
  run({ context, args }) {
    for (const [key, value] of keyValues(args)) {
      if (reserved.includes(key)) throw misuse(`cannot set reserved action key ${JSON.stringify(key)}`);
      if (!keyRule.test(key)) {
        throw misuse(
          `key ${JSON.stringify(key)} must start and end with lowercase alphanumeric, and contain only lowercase alphanumeric, hyphens and periods`,
        );
      }
      context.actionResults.set(key, value);
    }
    return '';
  },
};

export const actionFail: HookTool = {
  actionsOnly: true,
  flags: { flags: {} },
  run({ context, args }) {
    context.actionFailure =
      args.length === 0 ? 'action failed without reason given, check action for errors' : args.join(' ');
    return '';
  },
};

export const actionLog: HookTool = {
  actionsOnly: true,
  flags: { flags: {} },
  run({ context, args }) {
    if (args.length === 0) throw misuse('no message specified');
    context.actionLog.push(args.join(' '));
    return '';
  },
};
