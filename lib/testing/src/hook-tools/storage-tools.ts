import { failure, type HookTool, misuse } from './hook-tool.js';
import { formatOutput, outputAliases, outputFlags } from './format-output.js';

/** A storage has one instance, attached below this folder of the charm's container. */
export const storageLocation = (storage: string, index = 0): string => `/var/lib/juju/storage/${storage}/${index}`;

export const storageList: HookTool = {
  flags: { flags: outputFlags, aliases: outputAliases },
  run(call) {
    const names = call.context.app.storages.filter((name) => call.args[0] === undefined || name === call.args[0]);
    return formatOutput(
      [...names].sort().map((name) => `${name}/0`),
      call,
    );
  },
};

export const storageGet: HookTool = {
  flags: { flags: { ...outputFlags, storage: 'text' }, aliases: { ...outputAliases, s: 'storage' } },
  run(call) {
    const { event } = call.context;
    const id = call.flags.get('storage') ?? ('storageId' in event ? event.storageId : undefined);
    if (typeof id !== 'string') throw misuse('no storage instance specified');
    const [name = '', index = '0'] = id.split('/');
    if (!call.context.app.storages.includes(name)) {
      throw misuse(`invalid value ${JSON.stringify(id)} for option -s: storage not found`);
    }
    const value = { kind: 'filesystem', location: storageLocation(name, Number(index)) };
    const [key] = call.args;
    return formatOutput(key === undefined ? value : Object.entries(value).find(([field]) => field === key)?.[1], call);
  },
};

export const storageAdd: HookTool = {
  flags: { flags: {} },
  run() {
    throw failure('adding storage is not supported by this model');
  },
};

export const credentialGet: HookTool = {
  flags: { flags: outputFlags, aliases: outputAliases },
  run() {
    throw failure('cannot access cloud credentials');
  },
};

export const jujuReboot: HookTool = {
  flags: { flags: { now: 'boolean' } },
  run() {
    throw failure('juju-reboot is not supported on Kubernetes');
  },
};
