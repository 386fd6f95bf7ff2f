import { failAction, logAction, writeActionResults } from '../hook-tools/action-tools.js';
import type { HookToolSession } from '../hook-tools/hook-tool-session.js';
import type { ActionEvent } from './action-event.js';
import { flattenResults } from './flatten-results.js';

/** An action's event that answers through the hook tools. */
export const createActionEvent = (
  { name, id }: Pick<ActionEvent, 'name' | 'id'>,
  params: Readonly<Record<string, unknown>>,
  tools: HookToolSession,
): ActionEvent => ({
  kind: 'action',
  name,
  id,
  params: Object.freeze(params),
  setResults: async (results) => {
    const flat = flattenResults(results);
    if (flat.size > 0) await writeActionResults(tools, flat);
  },
  fail: (message) => failAction(tools, message),
  log: (message) => logAction(tools, message),
});
