import type { HookEvent } from './hook-event.js';

/** A hook that is due, and what the agent will remember once it has succeeded. */
export interface DueHook {
  readonly event: HookEvent;
  readonly commit: () => void;
}
