import type { HookTool, HookToolCall } from './hook-tool.js';
import { failure, misuse } from './hook-tool.js';
import { formatOutput, outputAliases, outputFlags } from './format-output.js';

const portFlags = { flags: { endpoints: 'text', format: 'text' } } as const;

export const openPort: HookTool = {
  flags: portFlags,
  run(call) {
    const port = portOf(call);
    call.context.pending.closePorts.delete(port);
    call.context.pending.openPorts.add(port);
    return '';
  },
};

export const closePort: HookTool = {
  flags: portFlags,
  run(call) {
    const port = portOf(call);
    call.context.pending.openPorts.delete(port);
    call.context.pending.closePorts.add(port);
    return '';
  },
};

export const openedPorts: HookTool = {
  flags: { flags: { ...outputFlags, endpoints: 'boolean' }, aliases: outputAliases },
  run(call) {
    const { unit } = call.context;
    const suffix = call.flags.get('endpoints') === true ? ' (*)' : '';
    return formatOutput(
      [...unit.ports].sort().map((port) => `${port}${suffix}`),
      call,
    );
  },
};

function portOf({ args }: HookToolCall): string {
  const [given] = args;
  if (given === undefined) throw misuse('no port or range specified');
  const match = /^(?:(\d+)(?:-(\d+))?(?:\/(tcp|udp))?|icmp)$/i.exec(given);
  if (match === null) throw misuse(`invalid port ${JSON.stringify(given)}`);
  const [, from, to, protocol] = match;
  if (from === undefined) return 'icmp';
  for (const number of [from, to ?? from]) {
    if (Number(number) < 1 || Number(number) > 65_535) throw misuse(`invalid port ${JSON.stringify(given)}`);
  }
  if (to !== undefined && to !== from)
    throw failure('port ranges are not supported for CAAS, please specify a single port');
  return `${from}/${(protocol ?? 'tcp').toLowerCase()}`;
}
