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
  keepSecrets(context);
}

function keepSecrets(context: HookContext): void {
  const { model, unit, pending } = context;
  if (pending.newSecrets.size + pending.secrets.length === 0) return;
  for (const secret of pending.newSecrets.values()) model.secrets.set(secret.id, secret);
  for (const change of pending.secrets) change();
  const owned = [...model.secrets.values()].filter(({ owner }) => owner === unit.name || owner === unit.app);
  context.record('secrets', owned.map(({ label, latest }) => `${label} revision ${latest}`).join(', '));
}
