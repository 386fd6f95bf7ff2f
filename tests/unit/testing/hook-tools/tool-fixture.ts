import { type HookEvent, HookContext, type HookToolResult, type JujuModel } from '@charm-ts/testing';
import { newModel, runHooks } from '../model/run-hooks.js';
import { loneCharm } from '../model/tiny-charm.js';

/** Two related applications with two and one units, all settled; `a` provides, `b` requires. */
export function relatedModel(jujuVersion?: string): JujuModel {
  const model = newModel(jujuVersion);
  model.deploy(loneCharm, 'a', { units: 2, config: { name: 'first' }, resources: { 'app-image': '/image.yaml' } });
  model.deploy(loneCharm, 'b');
  model.integrate('a:db', 'b:backend');
  runHooks(model);
  return model;
}

export function hook(model: JujuModel, unit: string, event: HookEvent = { kind: 'config-changed' }): HookContext {
  return new HookContext(model, model.unit(unit), { event, commit: () => undefined });
}

/** Runs one command line: `tool arg arg`. */
export function tool(context: HookContext, line: string, stdin?: string): HookToolResult {
  const [name = '', ...args] = line.split(' ');
  return context.answer({ tool: name, args, ...(stdin === undefined ? {} : { stdin }) });
}

export function succeed(context: HookContext): void {
  context.finish({ kind: 'exited', exitCode: 0 });
}
