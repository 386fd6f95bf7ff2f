import type { GatewayWorld } from './gateway-world.js';

/** How an action ended. */
export interface ActionRun {
  readonly results: Readonly<Record<string, string>>;
  readonly failure: string | undefined;
  readonly log: readonly string[];
}

/** `juju run gluetun/0 <name>`. */
export const runAction = async (
  world: GatewayWorld,
  name: string,
  params: Readonly<Record<string, unknown>> = {},
): Promise<ActionRun> => {
  world.params = params;
  const start = world.calls.length;
  await world.hook(name, { JUJU_DISPATCH_PATH: `actions/${name}`, JUJU_ACTION_NAME: name, JUJU_ACTION_UUID: '2' });
  const calls = world.calls.slice(start);
  const words = (tool: string) => calls.filter((call) => call.tool === tool).map(({ args }) => args);
  return {
    results: Object.fromEntries(
      words('action-set')
        .flat()
        .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    ),
    failure: words('action-fail').map((args) => args.at(-1) ?? '')[0],
    log: words('action-log').map((args) => args.at(-1) ?? ''),
  };
};
