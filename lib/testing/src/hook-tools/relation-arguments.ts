import type { Relation } from '../model/relation.js';
import { type HookToolCall, misuse } from './hook-tool.js';

/** The relation of `-r`, else of the running relation hook. Only the number after the last colon counts. */
export function relationOf({ context, flags }: HookToolCall): Relation {
  const given = flags.get('relation');
  if (given === undefined) {
    const found = 'relationId' in context.event ? context.relation(context.event.relationId) : undefined;
    if (found === undefined) throw misuse('no relation id specified');
    return found;
  }
  const text = String(given);
  const number = text.slice(text.lastIndexOf(':') + 1);
  const shown = `invalid value ${JSON.stringify(text)} for option -r`;
  if (!/^\d+$/.test(number)) throw misuse(`${shown}: invalid relation id`);
  const relation = context.relation(Number(number));
  if (relation === undefined) throw misuse(`${shown}: relation not found`);
  return relation;
}

/** The remote unit of the running relation hook, if it is about this relation. */
export function eventUnit({ context }: HookToolCall, relation: Relation): string | undefined {
  const { event } = context;
  return 'relationId' in event && event.relationId === relation.id ? event.remoteUnit : undefined;
}
