import {
  HookToolError,
  NotLeaderError,
  RelationNotFoundError,
  SecretAccessError,
  SecretNotFoundError,
} from '../errors/hook-tool-error.js';
import type { HookToolInvocation, HookToolResult } from './hook-tools.js';

/** One way in which Juju says what went wrong; standard error is the only signal, and its words differ between versions. */
export interface ErrorRow {
  /** The tools that say so. */
  readonly tools: RegExp;
  /** Matched against standard error, without regard to case. */
  readonly text: RegExp;
  readonly error: typeof HookToolError;
  /** Which Juju says it, and when. */
  readonly seen: string;
}

/** The first row that fits wins. */
export const errorTable: readonly ErrorRow[] = [
  {
    tools: /^(relation-|network-get$)/,
    text: /relation (\S+ )?not found/i,
    error: RelationNotFoundError,
    seen: '3.6 and 4.x: the relation is gone; 3.6 puts its number between the words',
  },
  {
    tools: /^relation-set$/,
    text: /cannot write relation settings|not the leader/i,
    error: NotLeaderError,
    seen: '3.6 and 4.x: application data written by a unit that has lost leadership',
  },
  {
    tools: /^relation-(get|list|set|ids|model-get)$/,
    text: /permission denied/i,
    error: RelationNotFoundError,
    seen: '3.6 for a relation that it has forgotten; followers never get so far, as access is checked before',
  },
  {
    tools: /^secret-/,
    text: /not the leader/i,
    error: NotLeaderError,
    seen: "3.6 and 4.x: the application's own secret made or changed by a unit that does not lead",
  },
  {
    tools: /^secret-/,
    text: /permission denied/i,
    error: SecretAccessError,
    seen: '3.6: a user secret without a grant',
  },
  {
    tools: /^secret-/,
    text: /is not allowed to (read|manage) this secret/i,
    error: SecretAccessError,
    seen: '4.x: a user secret without a grant',
  },
  {
    tools: /^secret-/,
    text: /not found/i,
    error: SecretNotFoundError,
    seen: '3.6 and 4.x: the secret is gone, or never was',
  },
];

/** The error for a hook tool that has exited with something other than 0. */
export const hookToolError = (invocation: HookToolInvocation, result: HookToolResult): HookToolError => {
  const row = errorTable.find(({ tools, text }) => tools.test(invocation.tool) && text.test(result.stderr));
  return new (row?.error ?? HookToolError)(invocation, result);
};
