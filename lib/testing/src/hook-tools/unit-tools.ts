import type { HookTool } from './hook-tool.js';
import { failure, misuse } from './hook-tool.js';
import { formatOutput, outputAliases, outputFlags } from './format-output.js';
import { settableStatuses, type Status } from '../model/status.js';
import { networkSettings } from '../model/network-settings.js';

const output = { flags: outputFlags, aliases: outputAliases };

export const configGet: HookTool = {
  flags: { flags: { ...outputFlags, all: 'boolean' }, aliases: { ...outputAliases, a: 'all' } },
  run(call) {
    const { context, flags, args } = call;
    const [key, ...more] = args;
    if (more.length > 0) throw misuse(`unrecognized args: ${JSON.stringify(more)}`);
    const all = flags.get('all') === true;
    const { config } = context.app;
    if (key !== undefined) {
      if (all) throw misuse(`cannot use argument --all together with key ${JSON.stringify(key)}`);
      return formatOutput(config[key], call);
    }
    const names = all ? Object.keys(context.app.charm.options) : Object.keys(config);
    return formatOutput(Object.fromEntries(names.map((name) => [name, config[name] ?? null])), call);
  },
};

export const isLeader: HookTool = {
  flags: output,
  run: (call) => formatOutput(call.context.isLeader, call),
};

export const statusGet: HookTool = {
  flags: { flags: { ...outputFlags, 'include-data': 'boolean', application: 'boolean' }, aliases: outputAliases },
  run(call) {
    const { context, flags } = call;
    const describe = (status: Status): unknown =>
      flags.get('include-data') === true
        ? { message: status.message, status: status.name, 'status-data': {} }
        : status.name;
    if (flags.get('application') !== true) return formatOutput(describe(context.unit.status), call);
    if (!context.isLeader) throw failure('finding application status: this unit is not the leader');
    const units = Object.fromEntries(context.app.units.map((unit) => [unit.name, describe(unit.status)]));
    const { name, message } = context.app.status;
    return formatOutput({ 'application-status': { message, status: name, 'status-data': {}, units } }, call);
  },
};

export const statusSet: HookTool = {
  flags: { flags: { application: 'boolean' } },
  run({ context, flags, args }) {
    const [given, ...words] = args;
    if (given === undefined) throw misuse('invalid args, require <status> [message]');
    const name = settableStatuses.find((candidate) => candidate === given);
    if (name === undefined) {
      throw misuse(`invalid status ${JSON.stringify(given)}, expected one of [maintenance blocked waiting active]`);
    }
    const status = { name, message: words.join(' ') };
    if (flags.get('application') === true) {
      if (!context.isLeader) throw failure('setting application status: this unit is not the leader');
      context.app.status = status;
      context.record('application-status', `${name}: ${status.message}`);
    } else {
      context.setStatus(status);
    }
    return '';
  },
};

export const applicationVersionSet: HookTool = {
  flags: { flags: {} },
  run({ context, args }) {
    const [version] = args;
    if (version === undefined) throw misuse('no version specified');
    context.unit.workloadVersion = version;
    context.record('workload-version', version);
    return '';
  },
};

export const jujuLog: HookTool = {
  flags: {
    flags: { 'log-level': 'text', debug: 'boolean', format: 'text' },
    aliases: { l: 'log-level' },
  },
  run({ context, flags, args }) {
    const message = args.join(' ');
    if (message === '') throw misuse('no message specified');
    const level = flags.get('debug') === true ? 'DEBUG' : String(flags.get('log-level') ?? 'INFO').toUpperCase();
    context.log.push({ level, message });
    return '';
  },
};

export const unitGet: HookTool = {
  flags: output,
  run(call) {
    const [key] = call.args;
    if (key !== 'private-address' && key !== 'public-address')
      throw misuse(`unknown setting ${JSON.stringify(key ?? '')}`);
    return formatOutput(call.context.unit.address, call);
  },
};

export const networkGet: HookTool = {
  flags: {
    flags: {
      ...outputFlags,
      relation: 'text',
      'bind-address': 'boolean',
      'ingress-address': 'boolean',
      'egress-subnets': 'boolean',
      'primary-address': 'boolean',
    },
    aliases: { ...outputAliases, r: 'relation' },
  },
  run(call) {
    const { context, flags, args } = call;
    if (args[0] === undefined) throw misuse('no arguments specified');
    const { address } = context.unit;
    const subnets = [networkSettings(context.unit)['egress-subnets']];
    if (flags.get('bind-address') === true || flags.get('primary-address') === true)
      return formatOutput(address, call, 'yaml');
    if (flags.get('ingress-address') === true) return formatOutput(address, call, 'yaml');
    if (flags.get('egress-subnets') === true) return formatOutput(subnets, call, 'yaml');
    const value = {
      'bind-addresses': [
        { 'mac-address': '', 'interface-name': '', addresses: [{ hostname: '', value: address, cidr: '', address }] },
      ],
      'egress-subnets': subnets,
      'ingress-addresses': [address],
    };
    return formatOutput(value, call, 'yaml');
  },
};

export const goalState: HookTool = {
  flags: output,
  run(call) {
    const { context } = call;
    const since = context.model.journal.entries[0]?.at ?? 0;
    const entry = (status: string): unknown => ({ since: new Date(since).toISOString(), status });
    const unitsOf = (name: string): [string, unknown][] =>
      (context.model.applications.get(name)?.units ?? []).map((unit) => [
        unit.name,
        entry(unit.life === 'alive' ? unit.status.name : 'dying'),
      ]);
    const relations: Record<string, Record<string, unknown>> = {};
    for (const relation of context.relations()) {
      const endpoint = relation.sideOf(context.unit.app)?.endpoint ?? '';
      const remote = relation.remoteAppOf(context.unit.app);
      relations[endpoint] = {
        ...relations[endpoint],
        ...Object.fromEntries(unitsOf(remote)),
        [remote]: entry(relation.life === 'alive' ? 'joined' : 'dying'),
      };
    }
    return formatOutput({ relations, units: Object.fromEntries(unitsOf(context.unit.app)) }, call, 'yaml');
  },
};

export const resourceGet: HookTool = {
  flags: { flags: {} },
  run({ context, args }) {
    const [name] = args;
    if (name === undefined) throw misuse('missing required resource name');
    const path = context.app.resources.get(name);
    if (context.app.charm.resources[name] === undefined || path === undefined) {
      throw failure(`could not download resource: resource ${JSON.stringify(name)} not found`);
    }
    return path;
  },
};
