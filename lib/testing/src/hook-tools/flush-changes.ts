import type { HookContext } from './hook-context.js';

/** The one commit at the end of a successful hook. */
export function flushChanges(context: HookContext): void {
  const { model, unit, pending } = context;
  for (const [relationId, bags] of pending.settings) {
    const relation = model.relations.get(relationId);
    if (relation === undefined) continue;
    for (const [entity, changes] of bags) {
      const changed = relation.bag(entity).update(Object.fromEntries(changes));
      const endpoint = relation.sideOf(unit.app)?.endpoint ?? '';
      if (changed.length > 0)
        context.record('relation-set', `${endpoint}:${relationId} ${entity}: ${changed.join(', ')}`);
    }
  }
  for (const [key, value] of pending.state) {
    if (value === undefined) unit.state.delete(key);
    else unit.state.set(key, value);
  }
  if (pending.state.size > 0) context.record('state-set', [...pending.state.keys()].join(', '));
  for (const port of pending.openPorts) unit.ports.add(port);
  for (const port of pending.closePorts) unit.ports.delete(port);
  if (pending.openPorts.size + pending.closePorts.size > 0) context.record('ports', [...unit.ports].sort().join(', '));
  for (const change of pending.secrets) change();
}
